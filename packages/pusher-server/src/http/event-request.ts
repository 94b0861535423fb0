import { isPublishableChannelName, traitsOf } from "../channels/channel-name.ts";
import { complaintAboutData } from "../channels/data-limit.ts";
import { isJsonObject, nameValue, type UncheckedFields } from "../json.ts";
import { CHANNELS_PER_TRIGGER, EVENT_NAME_MAX_CHARACTERS, EVENTS_PER_BATCH } from "../limits.ts";
import { bad, type ParsedBody, reject } from "./api-answer.ts";
import { type AppFeatures, parseInfo } from "./info-parameter.ts";

/** One validated event of an API call. */
export interface EventRequest {
  readonly name: string;
  readonly data: string;
  readonly channels: readonly string[];
  readonly socketId: string | undefined;
  /** The channel attributes to report; undefined if the call asks for none. */
  readonly info: readonly string[] | undefined;
}

const EVENT_ATTRIBUTES = ["user_count", "subscription_count"];

/** Parses the body of POST /events: one event for up to a hundred channels. */
export function parseEventRequest(fields: UncheckedFields, settings: AppFeatures): ParsedBody<EventRequest> {
  const list = fields.channels ?? (fields.channel === undefined ? undefined : [fields.channel]);
  return parseEvent(fields, list, settings);
}

/** Parses the body of POST /batch_events: up to ten events of one channel each. One wrong event rejects all. */
export function parseBatch(fields: UncheckedFields, settings: AppFeatures): ParsedBody<readonly EventRequest[]> {
  const batch = fields.batch;
  if (!Array.isArray(batch) || batch.length === 0) return bad("batch must be an array of events");
  if (batch.length > EVENTS_PER_BATCH) return bad(`Batch too large (${batch.length} > ${EVENTS_PER_BATCH})`);
  const triggers: EventRequest[] = [];
  for (const entry of batch) {
    const parsed = isJsonObject(entry)
      ? parseEvent(entry, [entry.channel], settings)
      : bad("Each event must be an object");
    if ("rejected" in parsed) return parsed;
    triggers.push(parsed.value);
  }
  return { value: triggers };
}

function parseEvent(fields: UncheckedFields, channelList: unknown, settings: AppFeatures): ParsedBody<EventRequest> {
  const { name, data, socket_id: socketId } = fields;
  if (typeof name !== "string" || name === "") return bad("Missing required parameter: name");
  const complaint = complaintAboutName(name);
  if (complaint !== undefined) return bad(complaint);
  if (typeof data !== "string") return bad("Missing required parameter: data (a string)");
  const tooLarge = complaintAboutData(data);
  if (tooLarge !== undefined) return { rejected: reject(413, tooLarge) };
  if (socketId !== undefined && socketId !== null && (typeof socketId !== "string" || !/^\d+\.\d+$/.test(socketId))) {
    return bad(`Invalid socket id ${nameValue(socketId)}`);
  }
  const channels = parseChannels(channelList);
  if ("rejected" in channels) return channels;
  const info = parseInfo(fields.info, EVENT_ATTRIBUTES, settings);
  if ("rejected" in info) return info;
  return { value: { name, data, channels: channels.value, socketId: socketId ?? undefined, info: info.value } };
}

function complaintAboutName(name: string): string | undefined {
  if (name.length > EVENT_NAME_MAX_CHARACTERS) return `Event name too long (> ${EVENT_NAME_MAX_CHARACTERS} characters)`;
  // The libraries of subscribers act on these events, so only Pusher may send them.
  return /^pusher(?:_internal)?:/.test(name) ? `Event name ${JSON.stringify(name)} is reserved` : undefined;
}

function parseChannels(list: unknown): ParsedBody<readonly string[]> {
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
