import * as fc from "fast-check";
import { NOW_SECONDS } from "./matrix-tokens.ts";
import { AUDIENCE, type Claims, encode, type Header, hmac, ISSUER, makeToken } from "./tokens.ts";

/** A request to subscribe. Many are valid, and many differ from a valid one in a character or a claim. */
export interface Attempt {
  readonly socketId: string;
  readonly channelNames: readonly string[];
  /** `undefined`: no token. */
  readonly token: string | undefined;
}

const KINDS = ["audit", "fiche", "job"] as const;
/** Few and similar ids, so that grants often match requests or nearly match them. */
const IDS = [
  "1",
  "10",
  "1.",
  "01",
  "a:b",
  "a=3Ab",
  "*",
  "=",
  "é",
  "audit-1",
  "global",
  "\ufeff1",
  "x y",
  "-1",
  "__proto__",
];
const SOCKETS = ["1.1", "1234.1234", "01.1", "99999999999999999999.00000000000000000000"];
const USERS = ["user-1", "user-10", "1", "é", '"', "user-1\u0000", "__proto__", "x".repeat(128), "x".repeat(129)];

/** A slow implementation of the contract's encoding. */
export const encodeId = (id: string): string =>
  [...Buffer.from(id)]
    .map((byte) => String.fromCharCode(byte))
    .map((text) => (/[\w\-@,.;]/.test(text) ? text : `=${Buffer.from(text, "latin1").toString("hex").toUpperCase()}`))
    .join("");

const id = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...IDS) },
  { weight: 1, arbitrary: fc.string({ minLength: 1 }) },
);
const entity = fc.tuple(fc.constantFrom(...KINDS), id).map(([kind, text]) => `${kind}-${encodeId(text)}`);
const subject = fc.oneof(
  { weight: 9, arbitrary: entity },
  { weight: 2, arbitrary: fc.constantFrom("global", "realtime-test") },
);
const prefix = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("private-", "presence-", "private-encrypted-") },
  { weight: 1, arbitrary: fc.constantFrom("", "private-cache-", "private-private-", "PRIVATE-", "presence-private-") },
);
const knownName = fc.tuple(prefix, subject).map(([before, after]) => before + after);

const GRAMMAR_AND_OTHERS = [..."abAB019_-=@,.;*:/ \n\u0000é=2E=3A%5C\\\"'{}[]"];

/** Inserts characters into a text, removes some, or both. */
const mutation = fc
  .tuple(fc.nat(), fc.nat(3), fc.string({ unit: fc.constantFrom(...GRAMMAR_AND_OTHERS), maxLength: 3 }))
  .map(([at, removed, added]) => (text: string): string => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + added + text.slice(start + removed);
  });
const mutated = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(text, mutation).map(([original, mutate]) => mutate(original));

const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>, weight = 9): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other });

const channelName = fc.oneof(
  { weight: 14, arbitrary: knownName },
  { weight: 5, arbitrary: mutated(knownName) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
);
const socketId = mostly(
  fc.constantFrom(...SOCKETS),
  fc.oneof(
    mutated(fc.constantFrom(...SOCKETS)),
    fc.tuple(fc.constantFrom(...SOCKETS), knownName).map((parts) => parts.join(":")),
  ),
  20,
);

const grant = fc.oneof(
  { weight: 6, arbitrary: entity },
  { weight: 2, arbitrary: fc.constantFrom(...KINDS).map((kind) => `${kind}-*`) },
  { weight: 1, arbitrary: fc.constant("*") },
  { weight: 3, arbitrary: mutated(fc.oneof(entity, fc.constantFrom("audit-*", "*"))) },
  { weight: 2, arbitrary: knownName },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const grants = mostly<unknown>(
  fc.array<unknown>(grant, { maxLength: 4 }),
  fc.oneof(grant, fc.jsonValue({ maxDepth: 2 })),
);
const userInfo = fc.oneof<fc.Arbitrary<unknown>[]>(
  fc.constant(undefined),
  fc.record({ name: fc.string() }),
  fc.jsonValue({ maxDepth: 2 }),
  fc.integer({ min: 1000, max: 1030 }).map((length) => ({ name: "x".repeat(length) })),
);
const sub = mostly<unknown>(fc.constantFrom(...USERS), fc.constantFrom("", 1, null, undefined, ["user-1"]), 50);

const seconds = (...offsets: readonly number[]) => fc.constantFrom(...offsets).map((offset) => NOW_SECONDS + offset);
const noTime = fc.constantFrom<unknown[]>(
  undefined,
  null,
  "1800000300",
  true,
  {},
  Number.MAX_VALUE,
  1_800_000_300_000,
  -1,
);
const time = (usual: readonly number[], unusual: readonly number[]): fc.Arbitrary<unknown> =>
  mostly<unknown>(seconds(...usual), fc.oneof(seconds(...unusual), noTime), 50);

const commonClaims = { sub, exp: time([300, 60, 30], [1, 0, -1, -29, -30, -31, 61, 90, 91]) };

/** Claims of `jwt` mode. */
const tokenClaims: fc.Arbitrary<Claims> = fc.record({
  ...commonClaims,
  iss: mostly<unknown>(fc.constant(ISSUER), fc.constantFrom(`${ISSUER}/`, [ISSUER], null, undefined, ""), 50),
  aud: mostly<unknown>(
    fc.constantFrom(AUDIENCE, [AUDIENCE, "x"]),
    fc.constantFrom("x", [], {}, null, undefined, `${AUDIENCE} x`),
    30,
  ),
  nbf: mostly<unknown>(fc.constant(undefined), time([0, 30], [31]), 10),
  // A token without the claim is common: many issuers write none. The rest is rare.
  realtime: fc.oneof<fc.MaybeWeightedArbitrary<unknown>[]>(
    { weight: 45, arbitrary: fc.record({ channels: grants, user_info: userInfo }) },
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.oneof(grants, fc.jsonValue()) },
  ),
});

/** Claims of `proxy` mode. */
const assertionClaims: fc.Arbitrary<Claims> = fc.record({
  ...commonClaims,
  exp: time([30, 60], [90, 91, 61, 31, 1, 0, -1, -30]),
  iat: time([0, 1, 30], [-1, -30, -31, 31]),
  socket_id: mostly<unknown>(socketId, fc.constantFrom(undefined, null, 1.1, ["1.1"])),
  channel: fc.oneof<fc.Arbitrary<unknown>[]>(fc.array(channelName), channelName, grants),
  user_info: userInfo,
});

/** Creates a token, then sometimes damages it. */
function tokenMaking(secret: string): fc.Arbitrary<(claims: Claims) => string> {
  const others = fc.constantFrom(hmac(`${secret} `), hmac(""), hmac(secret, 384), hmac(secret, 512));
  const strange: readonly Header[] = [
    { alg: "none" },
    { alg: "HS512" },
    { crit: ["x"], x: 1 },
    { kid: "../x" },
    { zip: "DEF" },
  ];
  const header = mostly<Header>(fc.constant({}), fc.constantFrom(...strange), 20);
  const making = fc.tuple(mostly(fc.constant(hmac(secret)), others, 20), header).map(
    ([signer, more]) =>
      (claims: Claims) =>
        makeToken(signer, claims, more),
  );
  const splicing = fc.tuple(making, tokenClaims).map(([make, original]) => (claims: Claims) => {
    const [first = "", , last = ""] = make(original).split(".");
    return `${first}.${encode(claims)}.${last}`;
  });
  // Libraries accept padding although RFC 7515 forbids it. Without `=`, another text is never the same token.
  const tearing = fc.tuple(making, mutation).map(
    ([make, mutate]) =>
      (claims: Claims) =>
        mutate(make(claims)).replace(/[^\w.-]/g, ""),
  );
  return fc.oneof(
    { weight: 20, arbitrary: making },
    { weight: 1, arbitrary: splicing },
    { weight: 2, arbitrary: tearing },
  );
}

const request = (maxChannels: number) =>
  fc.record({
    socketId,
    channelNames: fc.array(channelName, { minLength: 1, maxLength: maxChannels, size: "max" }),
  });
const shown = mostly(fc.constant(true), fc.constant(false), 40);

/** Attempts with a token of `jwt` mode, or without a token. */
export const tokenAttempts = (secret: string, maxChannels: number): fc.Arbitrary<Attempt> =>
  fc
    .tuple(request(maxChannels), tokenMaking(secret), tokenClaims, shown)
    .map(([asked, make, claims, isShown]) => ({ ...asked, token: isShown ? make(claims) : undefined }));

/** Attempts with an assertion. Most assertions match the request. */
export const assertionAttempts = (secret: string, maxChannels: number): fc.Arbitrary<Attempt> => {
  const own = fc.record({
    socket: mostly(fc.constant(true), fc.constant(false)),
    channels: mostly(fc.constant(true), fc.constant(false), 3),
  });
  return fc
    .tuple(request(maxChannels), tokenMaking(secret), assertionClaims, shown, own)
    .map(([asked, make, claims, isShown, { socket, channels }]) => {
      const { socketId: socket_id, channelNames: channel } = asked;
      const due = { ...claims, ...(socket && { socket_id }), ...(channels && { channel }) };
      return { ...asked, token: isShown ? make(due) : undefined };
    });
};
