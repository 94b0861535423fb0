import { AUDIENCE, type Claims, encode, hmac, ISSUER, makeToken, type Signer, unsigned } from "./tokens.ts";

/** The time of every row, in seconds since 1970. */
export const NOW_SECONDS = 1_800_000_000;

/** The keys that sign tokens: the issuer's own key, and the keys of attackers. */
export interface TokenMakers {
  readonly issuer: Signer;
  readonly others: Readonly<Record<string, Signer>>;
  /** The public part of the issuer's key. */
  readonly published: string;
}

export interface BadTokenRow {
  readonly name: string;
  /** The whole header. `undefined`: no header. */
  readonly authorization: string | undefined;
  readonly code: "missing_credentials" | "invalid_token";
}

export const goodClaims: Claims = { iss: ISSUER, aud: AUDIENCE, sub: "user-1", exp: NOW_SECONDS + 300 };
/** The claims that an attacker writes. */
const greedyClaims: Claims = { ...goodClaims, realtime: { channels: ["*"] } };

/** Tokens that open nothing, although they grant everything. */
export function badTokenRows(makers: TokenMakers): readonly BadTokenRow[] {
  return [
    ...NO_TOKENS.map((authorization) => row(named(authorization), authorization, "missing_credentials")),
    ...WRONG_CLAIMS.map(([name, claims]) => invalid(name, makeToken(makers.issuer, { ...greedyClaims, ...claims }))),
    ...forgeries(makers).map(([name, token]) => invalid(name, token)),
  ];
}

const row = (name: string, authorization: string | undefined, code: BadTokenRow["code"]): BadTokenRow => ({
  name,
  authorization,
  code,
});
const named = (authorization: string | undefined): string => `authorization: ${authorization ?? "(none)"}`;
const invalid = (name: string, token: string): BadTokenRow => row(name, `Bearer ${token}`, "invalid_token");

const NO_TOKENS = [undefined, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token abc", "Bearer a b", "Bearer é"];

/** `undefined` leaves the claim out. */
const WRONG_CLAIMS: readonly (readonly [name: string, claims: Claims])[] = [
  ["expired an hour ago", { exp: NOW_SECONDS - 3600 }],
  ["expired just beyond the tolerance", { exp: NOW_SECONDS - 30 }],
  ["no exp", { exp: undefined }],
  ["exp null", { exp: null }],
  ["exp as text", { exp: String(NOW_SECONDS + 300) }],
  ["exp in a list", { exp: [NOW_SECONDS + 300] }],
  ["exp 0", { exp: 0 }],
  ["exp negative", { exp: -1 }],
  ["not yet valid", { nbf: NOW_SECONDS + 3600 }],
  ["not yet valid, just beyond the tolerance", { nbf: NOW_SECONDS + 31 }],
  ["nbf as text", { nbf: "0" }],
  ["wrong issuer", { iss: "https://other.example" }],
  ["issuer with a slash more", { iss: `${ISSUER}/` }],
  ["issuer in capitals", { iss: ISSUER.toUpperCase() }],
  ["issuer in a list", { iss: [ISSUER] }],
  ["no issuer", { iss: undefined }],
  ["wrong audience", { aud: "another-service" }],
  ["audience with a suffix", { aud: `${AUDIENCE}-2` }],
  ["other audiences", { aud: ["a", "b"] }],
  ["audience in a list of lists", { aud: [[AUDIENCE]] }],
  ["no audiences", { aud: [] }],
  ["no audience", { aud: undefined }],
  ["no sub", { sub: undefined }],
  ["empty sub", { sub: "" }],
  ["sub null", { sub: null }],
  ["sub as a number", { sub: 1 }],
  ["sub in a list", { sub: ["user-1"] }],
];

function forgeries({ issuer, others, published }: TokenMakers): readonly (readonly [name: string, token: string])[] {
  const good = makeToken(issuer, goodClaims);
  const [header = "", payload = "", signature = ""] = good.split(".");
  const withHeader = (more: Claims): string => makeToken(issuer, greedyClaims, more);
  return [
    ...Object.entries(others).map(([name, signer]) => [name, makeToken(signer, greedyClaims)] as const),
    ...["none", "None", "NONE", "nOnE", "", "HS", "hs256"].map(
      (alg) => [`alg ${JSON.stringify(alg)}`, makeToken(unsigned, greedyClaims, { alg })] as const,
    ),
    ["alg none with the signature of another token", `${encode({ alg: "none" })}.${encode(greedyClaims)}.${signature}`],
    ["alg missing", withHeader({ alg: undefined })],
    ["alg in a list", withHeader({ alg: [issuer.header.alg] })],
    ["signed with the public key as a secret", makeToken(hmac(published), greedyClaims, { kid: issuer.header.kid })],
    ["signed with nothing", makeToken(hmac(""), greedyClaims, { kid: issuer.header.kid })],
    ["other claims under a signature", `${header}.${encode(greedyClaims)}.${signature}`],
    ["another header over a signature", `${encode({ ...issuer.header, typ: "at+jwt" })}.${payload}.${signature}`],
    ["no signature", `${header}.${payload}.`],
    ["two parts", `${header}.${payload}`],
    ["five parts", `${good}.${payload}.${signature}`],
    ["half a signature", `${header}.${payload}.${signature.slice(0, signature.length / 2)}`],
    ["a signature with a suffix", `${good}AAAA`],
    ["too much padding", `${good}====`],
    ["a dot before", `.${good}`],
    ["crit of something unknown", withHeader({ crit: ["x"], x: 1 })],
    ["crit of a claim", withHeader({ crit: ["exp"], exp: 1 })],
    ["crit that is empty", withHeader({ crit: [] })],
    ["a payload that is not encoded (b64)", withHeader({ crit: ["b64"], b64: false })],
    ["claims that are a list", `${signed(issuer, [greedyClaims])}`],
    ["claims that are null", `${signed(issuer, null)}`],
    ["claims of a prototype", `${signed(issuer, JSON.parse(`{"__proto__":${JSON.stringify(greedyClaims)}}`))}`],
    ["other text", "not.a.token"],
    ["a word", "token"],
    ["dots", ".."],
  ];
}

function signed({ header, sign }: Signer, payload: unknown): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${sign(text).toString("base64url")}`;
}
