import { createPublicKey, type KeyObject } from "node:crypto";

/** Signature algorithms of RFC 7518 and RFC 8037; `none` is not one of them. */
export const ALGORITHMS = [
  "HS256",
  "HS384",
  "HS512",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export const isAlgorithm = (name: string): name is Algorithm => ALGORITHMS.some((algorithm) => algorithm === name);

/** Of all that fit a source of keys, the first few are the default. */
export interface Suitable {
  readonly byDefault: readonly Algorithm[];
  readonly all: readonly Algorithm[];
}

const HMAC = ["HS256", "HS384", "HS512"] as const;
const RSA = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] as const;
const ED25519 = ["EdDSA", "Ed25519"] as const;

/** A secret never verifies what a key pair signs, nor the other way round: that mix-up makes a public key a secret. */
export const OF_SECRET: Suitable = { byDefault: ["HS256"], all: HMAC };
export const OF_JWKS: Suitable = {
  byDefault: ["RS256", "PS256", "ES256", ...ED25519],
  all: [...RSA, "ES256", "ES384", "ES512", ...ED25519],
};

const MIN_RSA_BITS = 2048;

const OF_CURVE: Readonly<Record<string, Algorithm>> = { prime256v1: "ES256", secp384r1: "ES384", secp521r1: "ES512" };

/** What a public key can verify; `undefined` for keys that are too short, or of no kind there is an algorithm for. */
export function ofPublicKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Suitable | undefined {
  switch (asymmetricKeyType) {
    case "rsa":
      return (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS
        ? { byDefault: ["RS256", "PS256"], all: RSA }
        : undefined;
    case "ec": {
      const algorithm = OF_CURVE[asymmetricKeyDetails?.namedCurve ?? ""];
      return algorithm && { byDefault: [algorithm], all: [algorithm] };
    }
    case "ed25519":
      return { byDefault: ED25519, all: ED25519 };
    default:
      return undefined;
  }
}

const SPKI = /^\s*-----BEGIN PUBLIC KEY-----/;

/** A usable public key; environments that hold one line only have `\n` for its line ends. */
export function readPublicKey(pem: string): KeyObject | undefined {
  if (!SPKI.test(pem)) return undefined;
  try {
    const key = createPublicKey(pem.replaceAll("\\n", "\n"));
    return ofPublicKey(key) && key;
  } catch {
    return undefined;
  }
}
