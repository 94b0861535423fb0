import type { Hub } from "../hub.ts";
import { parseJsonObject, type UncheckedFields } from "../json.ts";
import { type ApiAnswer, reject, succeed } from "./api-answer.ts";
import type { ApiRequest } from "./api-request.ts";
import { channelInfo } from "./channel-info.ts";
import { type EventRequest, parseBatch, parseEventRequest } from "./event-request.ts";

const NOT_AN_OBJECT = reject(400, "The body must be a JSON object");

/** The parameters of a POST: its JSON body, or its query string if the body is empty (`channels[]=a&channels[]=b`). */
function fieldsOf(request: ApiRequest): UncheckedFields | undefined {
  if (request.body.length > 0) return parseJsonObject(request.body.toString("utf8"));
  const channels = request.query.filter(({ name }) => name === "channels[]").map(({ value }) => value);
  const single = Object.fromEntries(request.query.map(({ name, value }) => [name, value]));
  return channels.length > 0 ? { ...single, channels } : single;
}

function publish(hub: Hub, { name: event, data, channels, socketId }: EventRequest): void {
  for (const channel of channels) {
    hub.publish({ channel, event, data, ...(socketId !== undefined && { socketId }) });
  }
}

export function postEvents(hub: Hub, request: ApiRequest): ApiAnswer {
  const fields = fieldsOf(request);
  if (fields === undefined) return NOT_AN_OBJECT;
  const parsed = parseEventRequest(fields, hub.settings);
  if ("rejected" in parsed) return parsed.rejected;
  publish(hub, parsed.value);
  const { channels, info } = parsed.value;
  if (info === undefined) return succeed();
  return succeed({
    channels: Object.fromEntries(channels.map((channel) => [channel, channelInfo(hub, channel, info)])),
  });
}

export function postBatchEvents(hub: Hub, request: ApiRequest): ApiAnswer {
  const fields = fieldsOf(request);
  if (fields === undefined) return NOT_AN_OBJECT;
  const parsed = parseBatch(fields, hub.settings);
  if ("rejected" in parsed) return parsed.rejected;
  for (const trigger of parsed.value) publish(hub, trigger);
  if (parsed.value.every(({ info }) => info === undefined)) return succeed();
  return succeed({
    batch: parsed.value.map(({ channels: [channel = ""], info = [] }) => channelInfo(hub, channel, info)),
  });
}
