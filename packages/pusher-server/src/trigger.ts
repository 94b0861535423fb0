import { type ApiAnswer, refuse } from "./api-answer.ts";
import { isPublishableChannelName, traitsOf } from "./channel-name.ts";
import { complaintAboutData } from "./data-limit.ts";
import { isJsonObject, type JsonObject, nameValue } from "./json.ts";
import { CHANNELS_PER_TRIGGER, EVENT_NAME_MAX_CHARACTERS, EVENTS_PER_BATCH } from "./limits.ts";

/** One event of an API call, checked. */
export interface Trigger {
  readonly name: string;
  readonly data: string;
  readonly channels: readonly string[];
  readonly socketId: string | undefined;
  /** Attributes to report of the channels; undefined when none were asked for. */
  readonly info: readonly string[] | undefined;
}

export type Parsed<Value> = { readonly value: Value } | { readonly refused: ApiAnswer };

const TRIGGER_ATTRIBUTES = ["user_count", "subscription_count"];

function bad(message: string): { readonly refused: ApiAnswer } {
  return { refused: refuse(400, message) };
}

/** The body of POST /events: one event for up to a hundred channels. */
export function parseTrigger(fields: JsonObject): Parsed<Trigger> {
  const list = fields.channels ?? (fields.channel === undefined ? undefined : [fields.channel]);
  return parseEvent(fields, list);
}

/** The body of POST /batch_events: up to ten events with one channel each, all or none. */
export function parseBatch(fields: JsonObject): Parsed<readonly Trigger[]> {
  const batch = fields.batch;
  if (!Array.isArray(batch) || batch.length === 0) return bad("batch must be an array of events");
  if (batch.length > EVENTS_PER_BATCH) return bad(`Batch too large (${batch.length} > ${EVENTS_PER_BATCH})`);
  const triggers: Trigger[] = [];
  for (const entry of batch) {
    const parsed = isJsonObject(entry) ? parseEvent(entry, [entry.channel]) : bad("Each event must be an object");
    if ("refused" in parsed) return parsed;
    triggers.push(parsed.value);
  }
  return { value: triggers };
}

function parseEvent(fields: JsonObject, channelList: unknown): Parsed<Trigger> {
  const { name, data, socket_id: socketId } = fields;
  if (typeof name !== "string" || name === "") return bad("Missing required parameter: name");
  const complaint = complaintAboutName(name);
  if (complaint !== undefined) return bad(complaint);
  if (typeof data !== "string") return bad("Missing required parameter: data (a string)");
  const tooLarge = complaintAboutData(data);
  if (tooLarge !== undefined) return { refused: refuse(413, tooLarge) };
  if (socketId !== undefined && socketId !== null && (typeof socketId !== "string" || !/^\d+\.\d+$/.test(socketId))) {
    return bad(`Invalid socket id ${nameValue(socketId)}`);
  }
  const channels = parseChannels(channelList);
  if ("refused" in channels) return channels;
  const info = parseInfo(fields.info, TRIGGER_ATTRIBUTES);
  if ("refused" in info) return info;
  return { value: { name, data, channels: channels.value, socketId: socketId ?? undefined, info: info.value } };
}

function complaintAboutName(name: string): string | undefined {
  if (name.length > EVENT_NAME_MAX_CHARACTERS) return `Event name too long (> ${EVENT_NAME_MAX_CHARACTERS} characters)`;
  // Subscribers' libraries act on these: whoever could publish them could speak for Pusher itself.
  return /^pusher(?:_internal)?:/.test(name) ? `Event name ${JSON.stringify(name)} is reserved` : undefined;
}

function parseChannels(list: unknown): Parsed<readonly string[]> {
  if (!Array.isArray(list) || list.length === 0) return bad("Missing required parameter: channel");
  if (list.length > CHANNELS_PER_TRIGGER) return bad(`Too many channels (> ${CHANNELS_PER_TRIGGER})`);
  const channels = list.filter((channel) => typeof channel === "string" && isPublishableChannelName(channel));
  if (channels.length < list.length) {
    const invalid: unknown = list.find((channel) => !channels.includes(channel));
    return bad(`Invalid channel name ${nameValue(invalid)}`);
  }
  const unique = [...new Set(channels)];
  return unique.length > 1 && unique.some((channel) => traitsOf(channel).encrypted)
    ? bad("An encrypted channel must be the only channel of its event")
    : { value: unique };
}

/** Reads a comma-separated `info` parameter. */
export function parseInfo(info: unknown, known: readonly string[]): Parsed<readonly string[] | undefined> {
  if (info === undefined || info === null || info === "") return { value: undefined };
  if (typeof info !== "string") return bad("info must be a comma-separated string");
  const attributes = info.split(",").map((attribute) => attribute.trim());
  const unknown = attributes.find((attribute) => !known.includes(attribute));
  return unknown === undefined ? { value: attributes } : bad(`Unknown info attribute ${JSON.stringify(unknown)}`);
}
