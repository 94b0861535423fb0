import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { type HttpEnv, Problem } from "./app.ts";

/** A front joins two Authorization headers with a comma. The scheme is in any case (RFC 9110), the token is not. */
const BEARER = /^[Bb][Ee][Aa][Rr][Ee][Rr] +([\x21-\x7e]+)(?: *, *[Bb][Ee][Aa][Rr][Ee][Rr] +\1)* *$/;

/** RFC 6750: the text after `Bearer` in an Authorization header. The same header twice carries one token. */
export const bearerTokenIn = (authorization: string | undefined): string | undefined =>
  BEARER.exec(authorization ?? "")?.[1];

/** Problem: 401 `missing_credentials`. */
export function requireBearerToken(context: Context<HttpEnv>): string {
  const token = bearerTokenIn(context.req.header("authorization"));
  if (token === undefined)
    throw new Problem(401, "missing_credentials", "Send Authorization: Bearer with a token", {
      "www-authenticate": "Bearer",
    });
  return token;
}

/** For a token that does not verify. The detail must not help an attacker. */
export const invalidToken = (detail: string): Problem =>
  new Problem(401, "invalid_token", detail, { "www-authenticate": 'Bearer error="invalid_token"' });

/** Takes the same time for all texts, so that an attacker cannot guess a secret or its length from the time. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b));

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
