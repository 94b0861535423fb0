import { createHmac, timingSafeEqual } from "node:crypto";

/** The rules for an HS256 token (RFC 7515, RFC 7519, contract), implemented without a JWT library. */
export interface TokenRules {
  readonly secret: string;
  readonly nowSeconds: number;
  /** For `exp` and `nbf`. */
  readonly toleranceSeconds: number;
  /** Mode `jwt` only. */
  readonly issuer?: string;
  readonly audience?: string;
  /** Mode `proxy` only: the longest time from `iat` to `exp`. `iat` is required and not in the future. */
  readonly maxLifeSeconds?: number;
}

export type TokenClaims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** The trusted server's clock may be ahead by so much. */
const MAX_AHEAD_SECONDS = 30;
/** An end so late is in another unit, such as milliseconds. */
const IMPLAUSIBLE_SECONDS = 1e11;
const PART = /^[A-Za-z0-9_-]+$/;

/** The claims of a valid token. `undefined` for every other text. */
export function readToken(token: string, rules: TokenRules): TokenClaims | undefined {
  const [header = "", payload = "", signature = "", ...rest] = token.split(".");
  if (rest.length > 0 || ![header, payload, signature].every((part) => PART.test(part))) return undefined;
  const given = Buffer.from(signature, "base64url");
  const due = createHmac("sha256", rules.secret).update(`${header}.${payload}`).digest();
  if (given.length !== due.length || !timingSafeEqual(given, due)) return undefined;
  const { alg, crit } = objectIn(header);
  if (alg !== "HS256" || crit !== undefined) return undefined;
  const claims = objectIn(payload);
  const { sub } = claims;
  if (typeof sub !== "string" || sub === "" || !isTimely(claims, rules)) return undefined;
  return isForUs(claims, rules) ? { ...claims, sub } : undefined;
}

function isForUs({ iss, aud }: Readonly<Record<string, unknown>>, { issuer, audience }: TokenRules): boolean {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return (issuer === undefined || iss === issuer) && (audience === undefined || audiences.includes(audience));
}

/** RFC 7519: a token must not be accepted "on or after" `exp`, nor "before" `nbf`. */
function isTimely({ exp, nbf, iat }: Readonly<Record<string, unknown>>, rules: TokenRules): boolean {
  const { nowSeconds: now, toleranceSeconds, maxLifeSeconds } = rules;
  if (typeof exp !== "number" || exp >= IMPLAUSIBLE_SECONDS || now >= exp + toleranceSeconds) return false;
  if (nbf !== undefined && (typeof nbf !== "number" || nbf > now + toleranceSeconds)) return false;
  if (iat !== undefined && typeof iat !== "number") return false;
  if (maxLifeSeconds === undefined) return true;
  return typeof iat === "number" && iat <= now + MAX_AHEAD_SECONDS && exp - iat <= maxLifeSeconds;
}

function objectIn(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
