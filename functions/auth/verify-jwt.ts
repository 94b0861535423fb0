import type { KeyObject } from "node:crypto";
import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from "jose";
import { Problem } from "../http/app.ts";
import { invalidToken } from "../http/bearer.ts";

/** Thrown by a source of keys that has none to give. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
  /** In our own words, or a code of the network's. */
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

export type VerificationKey = KeyObject | JWTVerifyGetKey;

/** A verified payload, with the subject that is always required. Problems: 401 `invalid_token`, 503 `jwks_unavailable`. */
export async function verifyJwt(
  token: string,
  key: VerificationKey,
  options: JWTVerifyOptions & { readonly requiredClaims: string[] },
): Promise<JWTPayload & { readonly sub: string }> {
  const { payload } = await settle(
    typeof key === "function" ? jwtVerify(token, key, options) : jwtVerify(token, key, options),
  );
  const { sub, exp } = payload;
  if (!Number.isFinite(exp)) throw invalidToken("The token has no end in exp");
  if (typeof sub !== "string" || sub === "") throw invalidToken("The token names no user in sub");
  return { ...payload, sub };
}

async function settle<T>(verification: Promise<T>): Promise<T> {
  try {
    return await verification;
  } catch (error) {
    throw problemOf(error);
  }
}

/** What cannot be verified is not believed; where the keys are to blame, the token may be good. */
function problemOf(error: unknown): Problem {
  if (error instanceof errors.JWTExpired) return invalidToken("The token has expired");
  if (error instanceof errors.JWTClaimValidationFailed)
    return invalidToken(`The token's ${printable(error.claim)} is missing or not accepted`);
  if (error instanceof KeysUnavailable)
    return new Problem(503, "jwks_unavailable", "The issuer's keys could not be had; try again", {}, error.reason);
  const detail = error instanceof errors.JOSEError ? DETAILS[error.code] : undefined;
  return invalidToken(detail ?? "The token could not be verified");
}

const DETAILS: Readonly<Record<string, string>> = {
  [errors.JOSEAlgNotAllowed.code]: "The token's algorithm is not allowed",
  [errors.JOSENotSupported.code]: "The token asks for something that is not supported",
  [errors.JWSInvalid.code]: "The token is not a signed JWT",
  [errors.JWTInvalid.code]: "The token is not a signed JWT",
  [errors.JWSSignatureVerificationFailed.code]: "The token's signature is wrong",
  [errors.JWKSNoMatchingKey.code]: "The issuer has no key that fits the token",
  [errors.JWKSMultipleMatchingKeys.code]: "The issuer has several keys that fit: the token must name one in kid",
};

/** Only claims that we ask for are ever named: others' names are the sender's own words. */
const NAMED = new Set(["iss", "aud", "sub", "exp", "nbf", "iat", "socket_id"]);
const printable = (claim: string): string => (NAMED.has(claim) ? claim : "claim");
