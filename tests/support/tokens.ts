import { constants, createHmac, generateKeyPairSync, type KeyObject, sign as signBytes } from "node:crypto";

/** Creates JSON Web Tokens as an issuer or an attacker does: it signs any claims. */

export const ISSUER = "https://issuer.example";
export const AUDIENCE = "realtime-gateway";
/** 32 bytes. */
export const JWT_SECRET = "jwt-s3cr3t-jwt-s3cr3t-jwt-s3cr3t";
export const PROXY_SECRET = "proxy-s3cr3t-proxy-s3cr3t-proxy-";

export type Header = Readonly<Record<string, unknown>>;
export type Claims = Readonly<Record<string, unknown>>;
export type Sign = (signedText: string) => Buffer;

/** A key with its `alg`, and its `kid` if there are several. */
export interface Signer {
  readonly header: Header;
  readonly sign: Sign;
}

/** Claims that are `undefined` are left out. */
export function makeToken({ header, sign }: Signer, claims: Claims, moreHeader: Header = {}): string {
  const signedText = `${encode({ ...header, ...moreHeader })}.${encode(claims)}`;
  return `${signedText}.${sign(signedText).toString("base64url")}`;
}

export const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export const hmac = (secret: string | Buffer, bits: 256 | 384 | 512 = 256): Signer => ({
  header: { alg: `HS${bits}`, typ: "JWT" },
  sign: (text) => createHmac(`sha${bits}`, secret).update(text).digest(),
});

/** RFC 7515, appendix A.5: a token without a signature. */
export const unsigned: Signer = { header: { alg: "none" }, sign: () => Buffer.alloc(0) };

/** A key pair. `jwk`, `pem` and `der` are its public key. */
export interface KeyPair {
  readonly signer: Signer;
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly pem: string;
  readonly der: Buffer;
}

type Algorithm = "RS256" | "RS512" | "PS256" | "ES256" | "EdDSA";

export function createKeyPair(alg: Algorithm, kid: string): KeyPair {
  const { publicKey, privateKey } = generate(alg);
  return {
    signer: { header: { alg, kid }, sign: signWith(alg, privateKey) },
    jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig" },
    pem: publicKey.export({ format: "pem", type: "spki" }).toString(),
    der: publicKey.export({ format: "der", type: "spki" }),
  };
}

function generate(alg: Algorithm): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  switch (alg) {
    case "ES256":
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case "EdDSA":
      return generateKeyPairSync("ed25519");
    default:
      return generateKeyPairSync("rsa", { modulusLength: 2048 });
  }
}

function signWith(alg: Algorithm, key: KeyObject): Sign {
  const bytes = (text: string): Buffer => Buffer.from(text);
  switch (alg) {
    case "RS256":
      return (text) => signBytes("sha256", bytes(text), key);
    case "RS512":
      return (text) => signBytes("sha512", bytes(text), key);
    case "PS256":
      return (text) =>
        signBytes("sha256", bytes(text), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
    case "ES256":
      return (text) => signBytes("sha256", bytes(text), { key, dsaEncoding: "ieee-p1363" });
    case "EdDSA":
      return (text) => signBytes(null, bytes(text), key);
  }
}
