import { NOW_SECONDS } from "./matrix-tokens.ts";
import { type Claims, encode, hmac, JWT_SECRET, makeToken, PROXY_SECRET, unsigned } from "./tokens.ts";

export const SOCKET = "1234.1234";

export const goodAssertion: Claims = { sub: "user-1", socket_id: SOCKET, iat: NOW_SECONDS, exp: NOW_SECONDS + 60 };
export const assertionOf = (claims: Claims): string => makeToken(hmac(PROXY_SECRET), { ...goodAssertion, ...claims });

export interface AssertionRow {
  readonly name: string;
  readonly assertion: string | undefined;
}

const row = (name: string, assertion: string | undefined): AssertionRow => ({ name, assertion });
const claiming = ([name, claims]: readonly [name: string, claims: Claims]): AssertionRow =>
  row(name, assertionOf(claims));

/** Assertions that the gateway must reject. */
export const BAD_ASSERTIONS: readonly AssertionRow[] = [
  ...(
    [
      ["expired", { iat: NOW_SECONDS - 61, exp: NOW_SECONDS - 1 }],
      ["expired this second", { iat: NOW_SECONDS - 60, exp: NOW_SECONDS }],
      ["61 seconds long", { exp: NOW_SECONDS + 61 }],
      ["an hour long", { exp: NOW_SECONDS + 3600 }],
      ["from 31 seconds ahead", { iat: NOW_SECONDS + 31, exp: NOW_SECONDS + 60 }],
      ["not yet valid", { nbf: NOW_SECONDS + 3600 }],
      ["no iat", { iat: undefined }],
      ["iat as text", { iat: String(NOW_SECONDS) }],
      ["iat null", { iat: null }],
      ["no exp", { exp: undefined }],
      ["exp as text", { exp: String(NOW_SECONDS + 60) }],
      ["no sub", { sub: undefined }],
      ["empty sub", { sub: "" }],
      ["sub as a number", { sub: 1 }],
      ["no socket", { socket_id: undefined }],
      ["socket as a number", { socket_id: 1234.1234 }],
      ["sockets in a list", { socket_id: [SOCKET] }],
    ] as const
  ).map(claiming),
  row("another secret", makeToken(hmac(JWT_SECRET), goodAssertion)),
  row("no secret", makeToken(hmac(""), goodAssertion)),
  row("another algorithm", makeToken(hmac(PROXY_SECRET, 512), goodAssertion)),
  row("no algorithm", makeToken(unsigned, goodAssertion)),
  row("crit", makeToken(hmac(PROXY_SECRET), goodAssertion, { crit: ["x"], x: 1 })),
  row("changed claims", changed(assertionOf({ channel: "private-audit-2" }))),
  row("no signature", assertionOf({}).replace(/[^.]+$/, "")),
  row("two of them", `${assertionOf({})},${assertionOf({})}`),
  row("other text", "not.a.token"),
  row("with a scheme", `Bearer ${assertionOf({})}`),
];

function changed(assertion: string): string {
  const [header = "", , signature = ""] = assertion.split(".");
  return `${header}.${encode({ ...goodAssertion, channel: "private-audit-1" })}.${signature}`;
}

/** Values of an assertion's `channel`, each with the names that it opens. */
export const CHANNEL_CLAIMS: readonly (readonly [channel: unknown, opens: readonly string[]])[] = [
  ["private-audit-1", ["private-audit-1"]],
  ["presence-audit-1", ["presence-audit-1"]],
  ["private-encrypted-audit-1", ["private-encrypted-audit-1"]],
  ["private-audit-a=3Ab", ["private-audit-a=3Ab"]],
  ["private-global", ["private-global"]],
  [["private-audit-1"], ["private-audit-1"]],
  [
    ["private-audit-10", "presence-global", "audit-1", "private-audit-1*"],
    ["private-audit-10", "presence-global"],
  ],
  [[1, null, ["private-audit-1"], "private-job-1"], ["private-job-1"]],
  ["private-audit-1\n", []],
  ["private-audit-1=2E", []],
  ["private-audit-*", []],
  ["private-audit-2", []],
  ["private-audit-", []],
  ["private-audit", []],
  ["private-*", []],
  ["*", []],
  [["*"], []],
  ["audit-1", []],
  ["PRIVATE-AUDIT-1", []],
  ["private-audit-1,private-audit-10", []],
  ["private-audit-1 private-audit-10", []],
  ["", []],
  [[], []],
  [[["private-audit-1"]], []],
  [{ "0": "private-audit-1", length: 1 }, []],
  [{ "private-audit-1": true }, []],
  [null, []],
  [true, []],
  [1, []],
  [undefined, []],
];
