import { createHash, randomBytes } from "node:crypto";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";

/** The length that NaCl's secretbox requires. */
const NONCE_BYTES = 24;

/**
 * Returns the `data` string of an event on an encrypted channel, in the form that `pusher-js` decrypts. The key of the
 * secretbox is the SHA-256 of the channel's name and the master key.
 */
export function encrypt(json: string, channel: string, masterKey: Buffer): string {
  const key = createHash("sha256").update(channel).update(masterKey).digest();
  const nonce = randomBytes(NONCE_BYTES);
  const ciphertext = xsalsa20poly1305(key, nonce).encrypt(Buffer.from(json));
  return JSON.stringify({ nonce: base64(nonce), ciphertext: base64(ciphertext) });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
