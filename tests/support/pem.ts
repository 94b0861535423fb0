import { generateKeyPairSync, type KeyObject } from "node:crypto";

const spki = (key: KeyObject): string => key.export({ type: "spki", format: "pem" }).toString();

/** Public keys as issuers hand them out, made anew for each run. */
export const rsaPem = (modulusLength: number): string => spki(generateKeyPairSync("rsa", { modulusLength }).publicKey);
export const ecPem = (namedCurve: string): string => spki(generateKeyPairSync("ec", { namedCurve }).publicKey);
export const ed25519Pem = (): string => spki(generateKeyPairSync("ed25519").publicKey);

/** What is pasted by mistake: keys of other kinds, and other wrappings of the right one. */
export function unusablePems(): Readonly<Record<string, string>> {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    "an RSA key of 1024 bits": rsaPem(1024),
    "a PKCS #1 public key": rsa.publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
    "a PKCS #8 private key": rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    "a PKCS #1 private key": rsa.privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    "a key for other than signatures": spki(generateKeyPairSync("x25519").publicKey),
    "a curve that no algorithm is for": ecPem("secp256k1"),
    "an Ed448 key": spki(generateKeyPairSync("ed448").publicKey),
    "half a key": spki(rsa.publicKey).slice(0, 120),
    "no PEM": "0123456789abcdef0123456789abcdef",
  };
}
