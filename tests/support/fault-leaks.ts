import { PAYLOAD_TEXT } from "./fault-messages.ts";

/** Parameters of a signed URL of Pusher's HTTP API. */
const SIGNED_QUERY = /auth_signature|auth_key|body_md5/;
/** A signature is an HMAC-SHA256 in hexadecimal. */
const SIGNATURE = /\b[0-9a-f]{64}\b/;

/** The lines with something that no log may contain: the app's secret, a signature, a signed query or a payload. */
export const leaksIn = (lines: readonly string[], env: Readonly<Record<string, string>>): readonly string[] =>
  lines.filter(
    (line) =>
      line.includes(PAYLOAD_TEXT) ||
      SIGNED_QUERY.test(line) ||
      SIGNATURE.test(line) ||
      (env.PUSHER_SECRET !== undefined && line.includes(env.PUSHER_SECRET)),
  );
