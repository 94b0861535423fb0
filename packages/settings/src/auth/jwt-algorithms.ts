import type { KeyObject } from "node:crypto";

const HMAC = ["HS256", "HS384", "HS512"] as const;
const RSA = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] as const;
const ED25519 = ["EdDSA", "Ed25519"] as const;

/** The signature algorithms of RFC 7518 and RFC 8037. `none` is not in the list. */
export const ALGORITHMS = [...HMAC, ...RSA, "ES256", "ES384", "ES512", ...ED25519] as const;
export type JwtAlgorithm = (typeof ALGORITHMS)[number];

/** The algorithms that fit a key. `byDefault` is used if the setting is missing. */
export interface SuitableAlgorithms {
  readonly byDefault: readonly JwtAlgorithm[];
  readonly all: readonly JwtAlgorithm[];
}

// A secret never verifies a key pair's signature, or the reverse: otherwise a public key would work as a secret.
export const FOR_SECRET: SuitableAlgorithms = { byDefault: ["HS256"], all: HMAC };
export const FOR_JWKS: SuitableAlgorithms = {
  byDefault: ["RS256", "PS256", "ES256", ...ED25519],
  all: [...RSA, "ES256", "ES384", "ES512", ...ED25519],
};

const MIN_RSA_BITS = 2048;

const CURVE_ALGORITHMS: Readonly<Record<string, JwtAlgorithm>> = {
  prime256v1: "ES256",
  secp384r1: "ES384",
  secp521r1: "ES512",
};

/** The algorithms that a public key can verify. `undefined` if the key is too short or of an unsupported kind. */
export function forPublicKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SuitableAlgorithms | undefined {
  switch (asymmetricKeyType) {
    case "rsa":
      return (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS
        ? { byDefault: ["RS256", "PS256"], all: RSA }
        : undefined;
    case "ec": {
      const algorithm = CURVE_ALGORITHMS[asymmetricKeyDetails?.namedCurve ?? ""];
      return algorithm && { byDefault: [algorithm], all: [algorithm] };
    }
    case "ed25519":
      return { byDefault: ED25519, all: ED25519 };
    default:
      return undefined;
  }
}
