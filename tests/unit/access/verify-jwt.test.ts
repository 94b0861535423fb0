import { createPublicKey } from "node:crypto";
import type { TokenCheck } from "@realtime-gateway/codes";
import { describe, expect, it } from "vitest";
import { denialOf } from "../../../functions/auth/denial.ts";
import { createUserTokenReader } from "../../../packages/access/src/user-token.ts";
import { KeysUnavailable, verifyJwt } from "../../../packages/access/src/verify-jwt.ts";
import { goodClaims, NOW_SECONDS } from "../../support/matrix-tokens.ts";
import { ecPem } from "../../support/pem.ts";
import { AUDIENCE, type Claims, type Header, hmac, ISSUER, JWT_SECRET, makeToken } from "../../support/tokens.ts";

const rules = { algorithms: ["HS256"], requiredClaims: ["exp"], currentDate: new Date(NOW_SECONDS * 1000) };

const read = createUserTokenReader(
  {
    keys: { source: "secret", secret: Buffer.from(JWT_SECRET) },
    algorithms: ["HS256"],
    issuer: [ISSUER],
    audience: [AUDIENCE],
    clientIds: [],
    userClaim: "sub",
    grantsClaim: "realtime",
  },
  { fetch, now: () => NOW_SECONDS * 1000, reportStaleKeys: () => {} },
);

const tokenWith = (claims: Claims, header: Header = {}): string =>
  makeToken(hmac(JWT_SECRET), { ...goodClaims, ...claims }, header);

const checkOf = async (token: string): Promise<string> => {
  const reading = await read(token);
  return reading.ok ? "verified" : reading.failure.check;
};

describe("the check that a token fails", () => {
  it.each<[TokenCheck, string, string]>([
    ["not_a_jwt", "of other text", "not.a.token"],
    ["not_a_jwt", "with an unknown extension", tokenWith({}, { crit: ["x"], x: 1 })],
    ["algorithm", "with an algorithm that is not allowed", makeToken(hmac(JWT_SECRET, 512), goodClaims)],
    ["signature", "signed with another secret", makeToken(hmac(`${JWT_SECRET}!`), goodClaims)],
    ["issuer", "of another issuer", tokenWith({ iss: "https://other.example" })],
    ["audience", "for another audience", tokenWith({ aud: "other" })],
    ["expired", "that has expired", tokenWith({ exp: NOW_SECONDS - 30 })],
    ["expired", "whose end is in milliseconds", tokenWith({ exp: (NOW_SECONDS + 300) * 1000 })],
    ["expired", "without an end", tokenWith({ exp: undefined })],
    ["not_yet_valid", "that is not valid yet", tokenWith({ nbf: NOW_SECONDS + 31 })],
    ["no_user", "without a subject", tokenWith({ sub: undefined })],
    ["no_user", "with an empty subject", tokenWith({ sub: "" })],
  ])("is %s for a token %s", async (check, _, token) => {
    expect(await checkOf(token)).toBe(check);
  });

  it("is none for a good token", async () => {
    expect(await checkOf(tokenWith({}))).toBe("verified");
  });

  it("is named in the denial", () => {
    expect(denialOf({ check: "audience", detail: "wrong" })).toMatchObject({
      status: 401,
      code: "invalid_token",
      cause: { check: "audience" },
    });
  });
});

it("keys that are not available are no fault of the token", async () => {
  const failing = (): never => {
    throw new KeysUnavailable("status 500");
  };
  const verified = await verifyJwt(tokenWith({}), failing, rules);
  expect(verified).toEqual({ ok: false, failure: { check: "keys_unavailable", reason: "status 500" } });
  expect(verified.ok || denialOf(verified.failure)).toMatchObject({ status: 503, code: "jwks_unavailable" });
});

it("a public key never verifies a token that is signed with its text", async () => {
  const pem = ecPem("P-256");
  const verified = await verifyJwt(makeToken(hmac(pem), goodClaims), () => createPublicKey(pem), {
    ...rules,
    algorithms: ["ES256"],
  });
  expect(verified).toMatchObject({ ok: false, failure: { check: "algorithm" } });
});
