import { isJsonObject, type JsonObject, parseJsonObject, stringOf } from "./json.ts";

export interface ClientMessage {
  readonly event: string;
  readonly channel: string | undefined;
  readonly data: unknown;
}

/** Reads one frame of a client; undefined when it is not a JSON object that names an event. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  const frame = parseJsonObject(text);
  const event = stringOf(frame?.event);
  if (frame === undefined || event === undefined || event === "") return undefined;
  return { event, channel: stringOf(frame.channel), data: frame.data };
}

/** The fields of a command's `data`, which clients send as an object or as its JSON text. */
export function fieldsOf(data: unknown): JsonObject {
  if (typeof data === "string") return parseJsonObject(data) ?? {};
  return isJsonObject(data) ? data : {};
}
