import { createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import type { Setting } from "../setting.ts";
import { forPublicKey, type SuitableAlgorithms } from "./jwt-algorithms.ts";

export interface PublicKey {
  readonly key: KeyObject;
  readonly suitable: SuitableAlgorithms;
}

const FAULT = "must be an SPKI PEM of an RSA (2048 bits or more), P-256, P-384, P-521 or Ed25519 public key";

/** Other forms of a key that people paste, and the command that prints the SPKI PEM of each. */
const CONVERSIONS: readonly (readonly [found: string, is: (text: string) => boolean, command: string])[] = [
  [
    "a PKCS#1 key",
    (text) => /-----BEGIN RSA PUBLIC KEY-----/.test(text),
    "openssl rsa -RSAPublicKey_in -in key.pem -pubout",
  ],
  [
    "an X.509 certificate",
    (text) => /-----BEGIN (?:X509 )?CERTIFICATE-----/.test(text),
    "openssl x509 -in cert.pem -noout -pubkey",
  ],
  [
    "a private key, which belongs to the issuer alone",
    (text) => /-----BEGIN (?:\w+ )*PRIVATE KEY-----/.test(text),
    "openssl pkey -in key.pem -pubout",
  ],
  [
    "a PEM in base64",
    (text) => isBase64(text) && decoded(text).toString("latin1").startsWith("-----BEGIN "),
    "openssl base64 -d -A -in key.txt",
  ],
  [
    "a certificate in bare base64",
    (text) => isBase64(text) && isCertificate(decoded(text)),
    "openssl base64 -d -A -in key.txt | openssl x509 -inform DER -noout -pubkey",
  ],
  [
    "a key in bare base64",
    (text) => isBase64(text) && isPublicDer(decoded(text), "spki"),
    "openssl base64 -d -A -in key.txt | openssl pkey -pubin -inform DER -pubout",
  ],
  [
    "a PKCS#1 key in bare base64",
    (text) => isBase64(text) && isPublicDer(decoded(text), "pkcs1"),
    "openssl base64 -d -A -in key.txt | openssl rsa -RSAPublicKey_in -inform DER -pubout",
  ],
];

const SPKI = /^\s*-----BEGIN PUBLIC KEY-----/;

/** Accepts `\n` for line ends, as some environments allow values of one line only. */
export const publicKeySetting: Setting<PublicKey> = {
  read(text) {
    if (text === undefined) return { ok: false, fault: "is missing" };
    const pem = text.replaceAll("\\n", "\n");
    const value = SPKI.test(pem) ? parsePublicKey(pem) : undefined;
    return value === undefined ? { ok: false, fault: faultOf(pem) } : { ok: true, value };
  },
};

function parsePublicKey(pem: string): PublicKey | undefined {
  const key = attempt(() => createPublicKey(pem));
  const suitable = key && forPublicKey(key);
  return key && suitable && { key, suitable };
}

function faultOf(text: string): string {
  const conversion = CONVERSIONS.find(([, is]) => is(text));
  if (conversion === undefined) return FAULT;
  const [found, , command] = conversion;
  return `${FAULT}. This is ${found}. Convert it: ${command}`;
}

/** A public key is public, so it must never work as a secret. */
export function isPublicKey(text: string): boolean {
  if (/-----BEGIN /.test(text)) return true;
  if (isBase64(text)) return isPublicDer(decoded(text), "spki") || isCertificate(decoded(text));
  const { kty, keys }: { readonly kty?: unknown; readonly keys?: unknown } = Object(attempt(() => JSON.parse(text)));
  return Array.isArray(keys) || (typeof kty === "string" && kty !== "oct");
}

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/\s]{40,}={0,2}\s*$/.test(text);
const decoded = (text: string): Buffer => Buffer.from(text, "base64");
const isCertificate = (der: Buffer): boolean => attempt(() => new X509Certificate(der)) !== undefined;
const isPublicDer = (key: Buffer, type: "spki" | "pkcs1"): boolean =>
  attempt(() => createPublicKey({ key, format: "der", type })) !== undefined;

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
