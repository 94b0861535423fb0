import { generateKeyPairSync, type KeyObject } from "node:crypto";

const spki = (key: KeyObject): string => key.export({ type: "spki", format: "pem" }).toString();

/** Public keys in the format that issuers give. Each call creates a new key. */
export const rsaPem = (modulusLength: number): string => spki(generateKeyPairSync("rsa", { modulusLength }).publicKey);
export const ecPem = (namedCurve: string): string => spki(generateKeyPairSync("ec", { namedCurve }).publicKey);
export const ed25519Pem = (): string => spki(generateKeyPairSync("ed25519").publicKey);

/** Mistakes that people paste: keys of other kinds, and other encodings of a good key. */
export function unusablePems(): Readonly<Record<string, string>> {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    "an RSA key of 1024 bits": rsaPem(1024),
    "a PKCS #1 public key": rsa.publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
    "a PKCS #8 private key": rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    "a PKCS #1 private key": rsa.privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    "a key that cannot sign": spki(generateKeyPairSync("x25519").publicKey),
    "a curve without an algorithm": ecPem("secp256k1"),
    "an Ed448 key": spki(generateKeyPairSync("ed448").publicKey),
    "half a key": spki(rsa.publicKey).slice(0, 120),
    "no PEM": "0123456789abcdef0123456789abcdef",
  };
}

/** A certificate with a P-256 key, without its PEM lines. Certificates are public, and Node cannot make one. */
const CERTIFICATE_BASE64 =
  "MIIBijCCAS+gAwIBAgIURXrCg0RZHnopO+T19Kk7dvO5jA8wCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOaXNzdWVyLmV4YW1wbGUwIBcNMjYxMTI3MTEwNTAwWhgPMjEyNjExMDMxMTA1MDBaMBkxFzAVBgNVBAMMDmlzc3Vlci5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7Qh+i9/KOQxOVr634FLcQiYNOmNrTPnqTYc6WcpCEpwP+C7Thm+sAsoeArHNvj/ws8PJPLWtROyWbxUfrWldi6NTMFEwHQYDVR0OBBYEFGb9n8MGSpImQTIQTtUIRyOUjCBWMB8GA1UdIwQYMBaAFGb9n8MGSpImQTIQTtUIRyOUjCBWMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAJA8sgdraSkZdmveq37QyInnZz5yRDbF79fh1Qx8TmhWAiEAnvI60ivEryeIZXci+q9Lup1ciy4LR4OhlfoNUk+dkjY=";

/** Other forms of a good key, and the command that converts each. */
export function convertiblePems(): Readonly<Record<string, readonly [text: string, command: string]>> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const bare = (type: "spki" | "pkcs1"): string => publicKey.export({ type, format: "der" }).toString("base64");
  const certificate = `-----BEGIN CERTIFICATE-----\n${CERTIFICATE_BASE64.replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----`;
  return {
    "a PKCS#1 key": [
      publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
      "openssl rsa -RSAPublicKey_in -in key.pem -pubout",
    ],
    "an X.509 certificate": [certificate, "openssl x509 -in cert.pem -noout -pubkey"],
    "a private key": [
      privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      "openssl pkey -in key.pem -pubout",
    ],
    "bare base64": [bare("spki"), "openssl base64 -d -A -in key.txt | openssl pkey -pubin -inform DER -pubout"],
    "bare base64 of a PKCS#1 key": [
      bare("pkcs1"),
      "openssl base64 -d -A -in key.txt | openssl rsa -RSAPublicKey_in -inform DER -pubout",
    ],
    "bare base64 of a certificate": [
      CERTIFICATE_BASE64,
      "openssl base64 -d -A -in key.txt | openssl x509 -inform DER -noout -pubkey",
    ],
    "a PEM in base64": [
      Buffer.from(publicKey.export({ type: "spki", format: "pem" })).toString("base64"),
      "openssl base64 -d -A -in key.txt",
    ],
  };
}
