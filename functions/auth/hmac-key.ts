import { createSecretKey } from "node:crypto";
import type { JWTVerifyGetKey } from "jose";

type VerifyingKey = Awaited<ReturnType<JWTVerifyGetKey>>;

/** A shared secret as a key that is imported once for each algorithm: `jose` would import a secret for each token. */
export function hmacKey(secret: Uint8Array): JWTVerifyGetKey {
  const keys = new Map<string, VerifyingKey>();
  return ({ alg }) => {
    const key = keys.get(alg) ?? importKey(secret, alg);
    keys.set(alg, key);
    return key;
  };
}

/** `HS256` and its like; `jose` has refused every other algorithm by now. */
const importKey = (secret: Uint8Array, alg: string): VerifyingKey =>
  createSecretKey(secret).toCryptoKey({ name: "HMAC", hash: alg.replace("HS", "SHA-") }, false, ["verify"]);
