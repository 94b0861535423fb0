/** `node:crypto` in the bundles, as far as it is used. */
export const { createHash, createHmac, createPublicKey, createSecretKey, hash, randomBytes, timingSafeEqual } =
  process.getBuiltinModule("node:crypto");
