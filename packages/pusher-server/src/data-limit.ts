import { jsonBytes } from "./json.ts";
import { EVENT_DATA_MAX_BYTES } from "./limits.ts";

/** Why an event's data is too large, in Pusher's words; undefined when it fits. */
export function complaintAboutData(data: unknown): string | undefined {
  const bytes = typeof data === "string" ? Buffer.byteLength(data) : jsonBytes(data);
  return bytes > EVENT_DATA_MAX_BYTES
    ? `The data content of this event exceeds the allowed maximum (${EVENT_DATA_MAX_BYTES} bytes). See https://pusher.com/docs/channels/server_api/http-api#publishing-events for more info`
    : undefined;
}
