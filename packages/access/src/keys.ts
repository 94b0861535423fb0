import { createSecretKey } from "node:crypto";
import type { JwtKeys } from "@realtime-gateway/settings";
import type { JWTVerifyGetKey } from "jose";
import { createJwks, type JwksDeps } from "./jwks.ts";

type CryptoKeyOfJose = Awaited<ReturnType<JWTVerifyGetKey>>;

/**
 * The key for each token. HS* uses the secret and nothing else, and no other algorithm uses it.
 * Otherwise a public key could work as a secret.
 */
export function createKeySource(keys: JwtKeys, deps: JwksDeps): JWTVerifyGetKey {
  if (keys.source === "secret") return hmacKey(keys.secret);
  const bySecret = keys.secret === undefined ? undefined : hmacKey(keys.secret);
  const byKeyPair = keys.source === "jwks" ? createJwks(keys.url, deps) : () => keys.key;
  return (header, token) => (bySecret && isHmac(header.alg) ? bySecret(header, token) : byKeyPair(header, token));
}

const isHmac = (alg: string): boolean => alg.startsWith("HS");

/** A shared secret. It is imported once per algorithm: `jose` would import it for every token. */
export function hmacKey(secret: Uint8Array): JWTVerifyGetKey {
  const keys = new Map<string, CryptoKeyOfJose>();
  return ({ alg }) => {
    const key = keys.get(alg) ?? importKey(secret, alg);
    keys.set(alg, key);
    return key;
  };
}

/** `alg` is HS256, HS384 or HS512: `jose` has already checked it against the allowed algorithms. */
const importKey = (secret: Uint8Array, alg: string): CryptoKeyOfJose =>
  createSecretKey(secret).toCryptoKey({ name: "HMAC", hash: alg.replace("HS", "SHA-") }, false, ["verify"]);
