import { createHash, randomBytes } from "node:crypto";
import { xsalsa20poly1305 } from "@noble/ciphers/salsa.js";

/** Of NaCl's secretbox. */
const NONCE_BYTES = 24;

/**
 * The `data` string of an event on an encrypted channel, as `pusher-js` opens it: secretbox under a key that is the SHA-256
 * of the channel's name and the master key.
 */
export function encrypt(json: string, channel: string, masterKey: Buffer): string {
  const key = createHash("sha256").update(channel).update(masterKey).digest();
  const nonce = randomBytes(NONCE_BYTES);
  const ciphertext = xsalsa20poly1305(key, nonce).encrypt(Buffer.from(json));
  return JSON.stringify({ nonce: base64(nonce), ciphertext: base64(ciphertext) });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
