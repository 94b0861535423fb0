import { isJsonObject, parseJsonObject, stringOf, type UncheckedFields } from "../json.ts";

export interface ClientMessage {
  readonly event: string;
  readonly channel: string | undefined;
  readonly data: unknown;
}

/** Parses one frame of a client; undefined if it is not a JSON object with an event name. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  const frame = parseJsonObject(text);
  const event = stringOf(frame?.event);
  if (frame === undefined || event === undefined || event === "") return undefined;
  return { event, channel: stringOf(frame.channel), data: frame.data };
}

/** The fields of a command's `data`. Clients send an object or its JSON text. */
export function fieldsOf(data: unknown): UncheckedFields {
  if (typeof data === "string") return parseJsonObject(data) ?? {};
  return isJsonObject(data) ? data : {};
}
