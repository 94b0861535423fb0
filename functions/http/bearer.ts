import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { type HttpEnv, Problem } from "./app.ts";

/** RFC 6750: what stands after `Bearer` in the Authorization header. Problem: 401 `missing_credentials`. */
export function requireBearerToken(context: Context<HttpEnv>): string {
  const [, token] = /^Bearer +([\x21-\x7e]+) *$/i.exec(context.req.header("authorization") ?? "") ?? [];
  if (token === undefined)
    throw new Problem(401, "missing_credentials", "Send Authorization: Bearer with a token", {
      "www-authenticate": "Bearer",
    });
  return token;
}

/** The token is there and wrong. The detail says nothing about why that an attacker could use. */
export const invalidToken = (detail: string): Problem =>
  new Problem(401, "invalid_token", detail, { "www-authenticate": 'Bearer error="invalid_token"' });

/** Compares in a time that tells nothing about either, its length included. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b));

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
