import type { User } from "./identity.ts";

/** A verified token's claims. */
export type Claims = Readonly<Record<string, unknown>>;

/** What stands in a claim that should be an object. */
export function objectOf(value: unknown): Claims | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** The user of verified claims: their subject, with the public claims and what the issuer gave as the user's info. */
export function userOf(id: string, claims: Claims, info: unknown, publicClaims: readonly string[]): User {
  const chosen = publicClaims
    .filter((name) => Object.hasOwn(claims, name))
    .map((name) => [name, claims[name]] as const);
  const given = objectOf(info);
  if (given === undefined && chosen.length === 0) return { id };
  return { id, info: { ...Object.fromEntries(chosen), ...given } };
}
