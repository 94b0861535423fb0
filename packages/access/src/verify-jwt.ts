import type { TokenCheck } from "@realtime-gateway/codes";
import { errors, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from "jose";
import type { ClaimSet } from "./claims.ts";
import { checkFailed, type FailedReading, type TokenFailure } from "./token-failure.ts";

export type TokenVerification = { readonly ok: true; readonly claims: ClaimSet } | FailedReading;

/** A source of keys throws this through `jose` if it has no keys at all. */
export class KeysUnavailable extends Error {
  /** Lambda logs the name of the class as `errorType`. Minified bundles shorten it. */
  static override readonly name = "KeysUnavailable";
  override readonly name = "KeysUnavailable";
  /** From a fixed set of texts, or an error code of the network. */
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** In seconds, this is the year 5138. In milliseconds, it is 1973. */
const FIRST_IMPLAUSIBLE_SECONDS = 100_000_000_000;

/** Verifies the signature and the claims that `rules` names. Every token must have an end. */
export async function verifyJwt(
  token: string,
  key: JWTVerifyGetKey,
  rules: JWTVerifyOptions & { readonly requiredClaims: string[] },
): Promise<TokenVerification> {
  try {
    const { payload } = await jwtVerify(token, key, rules);
    const { exp } = payload;
    if (exp === undefined || !Number.isFinite(exp)) return checkFailed("expired", "The token has no end in exp");
    if (exp >= FIRST_IMPLAUSIBLE_SECONDS)
      return checkFailed("expired", "The token's exp is too large: it must be in seconds, not in milliseconds");
    return { ok: true, claims: payload };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

function failureOf(error: unknown): TokenFailure {
  if (error instanceof KeysUnavailable) return { check: "keys_unavailable", reason: error.reason };
  if (error instanceof errors.JWTExpired) return { check: "expired", detail: "The token has expired" };
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim } = error;
    return {
      check: CLAIM_CHECKS[claim] ?? "claim",
      detail: `The token's ${Object.hasOwn(CLAIM_CHECKS, claim) ? claim : "claim"} is missing or not accepted`,
    };
  }
  const failure = error instanceof errors.JOSEError ? JOSE_FAILURES[error.code] : undefined;
  return failure ?? { check: "signature", detail: "The token could not be verified" };
}

/** The claims that the gateway checks. A detail names no other claim: its name would be the sender's text. */
const CLAIM_CHECKS: Readonly<Record<string, TokenCheck>> = {
  iss: "issuer",
  aud: "audience",
  sub: "no_user",
  exp: "expired",
  nbf: "not_yet_valid",
  iat: "claim",
  socket_id: "claim",
};

const JOSE_FAILURES: Readonly<Record<string, TokenFailure>> = {
  [errors.JOSEAlgNotAllowed.code]: { check: "algorithm", detail: "The token's algorithm is not allowed" },
  [errors.JOSENotSupported.code]: { check: "not_a_jwt", detail: "The token uses a feature that is not supported" },
  [errors.JWSInvalid.code]: { check: "not_a_jwt", detail: "The token is not a signed JWT" },
  [errors.JWTInvalid.code]: { check: "not_a_jwt", detail: "The token is not a signed JWT" },
  [errors.JWSSignatureVerificationFailed.code]: { check: "signature", detail: "The token's signature is wrong" },
  [errors.JWKSNoMatchingKey.code]: { check: "no_key", detail: "The issuer has no key that fits the token" },
  [errors.JWKSMultipleMatchingKeys.code]: {
    check: "no_key",
    detail: "The issuer has several keys that fit: the token must name one in kid",
  },
};
