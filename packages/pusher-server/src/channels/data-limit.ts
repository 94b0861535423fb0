import { jsonBytes } from "../json.ts";
import { EVENT_DATA_MAX_BYTES } from "../limits.ts";

/** Pusher's error text for data that is too large; undefined for data that fits. */
export function complaintAboutData(data: unknown): string | undefined {
  const bytes = typeof data === "string" ? Buffer.byteLength(data) : jsonBytes(data);
  return bytes > EVENT_DATA_MAX_BYTES
    ? `The data content of this event exceeds the allowed maximum (${EVENT_DATA_MAX_BYTES} bytes). See https://pusher.com/docs/channels/server_api/http-api#publishing-events for more info`
    : undefined;
}
