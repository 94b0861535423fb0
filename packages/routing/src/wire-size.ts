import type { ChannelForm } from "./channel.ts";

/** Pusher answers 413 to a longer `data` string (HTTP API reference). */
export const PUSHER_MAX_DATA_BYTES = 10_240;

/** `{"nonce":"","ciphertext":""}` and 24 bytes of nonce in base64. */
const ENCRYPTED_FRAME_BYTES = 28 + 32;
/** The authenticator that secretbox puts before the ciphertext. */
const SECRETBOX_OVERHEAD_BYTES = 16;

const utf8 = new TextEncoder();
/** Texts are encoded into this array to count their bytes. A new array for each would take four fifths of the time. */
const scratch = new Uint8Array(32_768);
/** One UTF-16 unit takes at most three bytes in UTF-8. */
const MOST_BYTES_PER_CHARACTER = 3;

export const utf8Bytes = (text: string): number =>
  text.length * MOST_BYTES_PER_CHARACTER <= scratch.length
    ? utf8.encodeInto(text, scratch).written
    : utf8.encode(text).length;

/** Bytes of Pusher's `data` string for a payload of that many bytes. Encrypted channels carry the encrypted form. */
export const wireBytes = (payloadBytes: number, form: ChannelForm): number =>
  form === "encrypted"
    ? ENCRYPTED_FRAME_BYTES + 4 * Math.ceil((payloadBytes + SECRETBOX_OVERHEAD_BYTES) / 3)
    : payloadBytes;
