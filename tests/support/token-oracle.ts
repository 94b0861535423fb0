import { createHmac, timingSafeEqual } from "node:crypto";

/** What an HS256 token must be, by RFC 7515, RFC 7519 and the contract, written without a library for it. */
export interface TokenRules {
  readonly secret: string;
  readonly nowSeconds: number;
  /** For `exp` and `nbf`. */
  readonly toleranceSeconds: number;
  /** `jwt` mode's. */
  readonly issuer?: string;
  readonly audience?: string;
  /** `proxy` mode's: `exp` at most so long after `iat`, which is required and not in the future. */
  readonly maxLifeSeconds?: number;
}

export type TokenClaims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** How far the clock of whoever vouches may be ahead. */
const MAX_AHEAD_SECONDS = 30;
const PART = /^[A-Za-z0-9_-]+$/;

/** The claims of a token that must be believed; `undefined` for every other text. */
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

/** `exp`: "on or after which the JWT MUST NOT be accepted"; `nbf`: "before which". */
function isTimely({ exp, nbf, iat }: Readonly<Record<string, unknown>>, rules: TokenRules): boolean {
  const { nowSeconds: now, toleranceSeconds, maxLifeSeconds } = rules;
  if (typeof exp !== "number" || !Number.isFinite(exp) || now >= exp + toleranceSeconds) return false;
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
