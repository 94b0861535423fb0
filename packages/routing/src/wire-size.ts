import type { ChannelForm } from "./channel.ts";

/** Pusher refuses a longer `data` string with 413 (HTTP API reference). */
export const PUSHER_MAX_DATA_BYTES = 10_240;

/** `{"nonce":"","ciphertext":""}` and 24 bytes of nonce in base64. */
const ENCRYPTED_FRAME_BYTES = 28 + 32;
/** The authenticator that secretbox puts before the ciphertext. */
const SECRETBOX_OVERHEAD_BYTES = 16;

const utf8 = new TextEncoder();

export const utf8Bytes = (text: string): number => utf8.encode(text).length;

/** Bytes of Pusher's `data` string for a payload of that many bytes: on encrypted channels, of its encrypted form. */
export const wireBytes = (payloadBytes: number, form: ChannelForm): number =>
  form === "encrypted"
    ? ENCRYPTED_FRAME_BYTES + 4 * Math.ceil((payloadBytes + SECRETBOX_OVERHEAD_BYTES) / 3)
    : payloadBytes;
