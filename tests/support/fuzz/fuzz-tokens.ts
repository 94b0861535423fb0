import type { Dice } from "../../../tools/soak/dice.ts";
import {
  AUDIENCE,
  type Claims,
  encode,
  type Header,
  hmac,
  ISSUER,
  JWT_SECRET,
  PROXY_SECRET,
  type Signer,
  unsigned,
} from "../tokens.ts";

const NOW = Math.floor(Date.now() / 1000);

/** Longer than any run. */
const good: Claims = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: "user-1",
  iat: NOW,
  exp: NOW + 3600,
  realtime: { channels: ["audit-1", "fiche-*"], user_info: { name: "Zoé" } },
};
/** Valid for a minute, so it is made when it is needed. */
function freshAssertion(dice: Dice): Claims {
  const iat = Math.floor(Date.now() / 1000);
  const channel = dice.chance(0.7) ? ["private-audit-1", "presence-audit-1", "presence-global"] : undefined;
  return { sub: "user-1", socket_id: "1234.1234", iat, exp: iat + 60, channel };
}

/** A placeholder for so many levels of lists, which `JSON.stringify` cannot write. */
const deep = (levels: number): string => `levels:${levels}`;
const written = (value: unknown): string =>
  JSON.stringify(value).replace(
    /"levels:(\d+)"/g,
    (_, levels) => "[".repeat(Number(levels)) + "]".repeat(Number(levels)),
  );
const encodeText = (value: unknown): string => Buffer.from(written(value)).toString("base64url");

function signed({ header, sign }: Signer, claims: Claims, more: Header): string {
  const text = `${encodeText({ ...header, ...more })}.${encodeText(claims)}`;
  return `${text}.${sign(text).toString("base64url")}`;
}

/** Claims that an issuer might write, though it is unlikely. */
const STRANGE_CLAIMS: readonly Claims[] = [
  {},
  { sub: "x".repeat(129) },
  { sub: "x".repeat(100_000) },
  { sub: "\ud800" },
  { sub: "__proto__" },
  { sub: { toString: "x" } },
  { exp: Number.MAX_VALUE },
  { exp: -1 },
  { exp: "soon" },
  { iat: NOW + 1e9 },
  { nbf: NOW + 1e9 },
  { aud: {} },
  { aud: Array.from({ length: 2_000 }, (_, index) => `aud-${index}`) },
  { realtime: deep(5_000) },
  { realtime: { channels: deep(5_000) } },
  { realtime: { channels: Array.from({ length: 5_000 }, (_, index) => `audit-${index}`) } },
  { realtime: { channels: ["*"], user_info: { deep: deep(400) } } },
  { realtime: { channels: ["*"], user_info: deep(5_000) } },
  { realtime: { channels: ["*"], user_info: { deep: deep(100_000) } } },
  { realtime: { channels: ["*"], user_info: { text: "é".repeat(600) } } },
  { realtime: { channels: ["*"], user_info: { text: "\ud800" } } },
  { realtime: { channels: ["*"], user_info: { toJSON: "x", __proto__: null } } },
  { realtime: { channels: ["*"], user_info: JSON.parse('{"__proto__":{"x":1},"constructor":1}') } },
  { socket_id: 1 },
  { socket_id: "1.1" },
  { channel: undefined },
  { channel: {} },
  { channel: Array.from({ length: 3_000 }, () => "private-global") },
  { user_info: { deep: deep(100_000) } },
];

/** Tokens that attacks on verifiers have used. */
const strangeHeaders = (attackerUrl: string): readonly Header[] => [
  {},
  { crit: ["x"], x: 1 },
  { crit: [] },
  { crit: "b64" },
  { crit: ["b64"], b64: false },
  { b64: false },
  { zip: "DEF" },
  { jku: attackerUrl, kid: "x" },
  { x5u: attackerUrl, x5c: ["AAAA"] },
  { jwk: { kty: "oct", k: "c2VjcmV0" } },
  { jwk: { kty: "RSA", n: "AQAB", e: "AQAB" } },
  { kid: "__proto__" },
  { kid: "../../../../dev/null" },
  { kid: "' OR 1=1 --" },
  { kid: "x".repeat(20_000) },
  { kid: 1 },
  { alg: 1 },
  { alg: ["HS256"] },
  { alg: "__proto__" },
  { alg: "RS256" },
  { alg: "HS512" },
  { alg: "dir", enc: "A256GCM" },
  { typ: "x".repeat(10_000) },
  { cty: "JWT" },
  { __proto__: null, alg: "none" },
  { nested: deep(5_000) },
];

/** Whole values of a header that holds a token. */
const NO_TOKENS = [
  "",
  "x",
  ".",
  "..",
  "....",
  ".".repeat(10_000),
  "a".repeat(200_000),
  "é",
  "日本語",
  `${encode({ alg: "HS256" })}.${"A".repeat(100_000)}.AAAA`,
  `${"A".repeat(100_000)}..`,
  `${encode({ alg: "none" })}.${encode(good)}.`,
  `${Buffer.from([0xff, 0xfe]).toString("base64url")}.${Buffer.from([0xff]).toString("base64url")}.AAAA`,
  `${encode(null)}.${encode(null)}.AAAA`,
  `${encode([])}.${encode([])}.AAAA`,
  `${encode({ alg: "dir", enc: "A256GCM" })}..AAAA.AAAA.AAAA`,
] as const;

export interface TokenSource {
  /** With a signer of `jwt` mode's issuer, where it is not the secret. */
  readonly issuer: Signer;
  readonly attackerUrl: string;
}

export function drawToken(dice: Dice, kind: "jwt" | "proxy", { issuer, attackerUrl }: TokenSource): string {
  if (dice.chance(0.1)) return dice.pick(NO_TOKENS);
  const base = kind === "jwt" ? good : freshAssertion(dice);
  const right = kind === "jwt" ? issuer : hmac(PROXY_SECRET);
  const signer = dice.chance(0.85) ? right : dice.pick([hmac("x"), unsigned, hmac(JWT_SECRET), hmac(PROXY_SECRET)]);
  const claims = dice.chance(0.8) ? base : { ...base, ...STRANGE_CLAIMS[dice.below(STRANGE_CLAIMS.length)] };
  const headers = strangeHeaders(attackerUrl);
  const token = signed(signer, claims, dice.chance(0.8) ? {} : (headers[dice.below(headers.length)] ?? {}));
  if (dice.chance(0.9)) return token;
  const at = dice.below(token.length);
  return token.slice(0, at) + dice.pick(["", ".", "A", "=", "+", " "]) + token.slice(at + dice.below(3));
}
