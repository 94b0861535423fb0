import { type ApiAnswer, refuse, succeed } from "./api-answer.ts";
import { type ApiRequest, parameter, unescapePercent } from "./api-request.ts";
import { channelInfo } from "./channel-info.ts";
import { isValidChannelName, traitsOf } from "./channel-name.ts";
import { UNAUTHORIZED } from "./close-reason.ts";
import type { Hub } from "./hub.ts";
import { type JsonObject, parseJsonObject } from "./json.ts";
import { complaintAboutAuth } from "./request-auth.ts";
import { parseBatch, parseInfo, parseTrigger, type Trigger } from "./trigger.ts";

const APP_PATH = /^\/apps\/([^/]+)(\/.*)$/;

/** Answers one call of the HTTP API. */
export function answerApi(hub: Hub, request: ApiRequest): ApiAnswer {
  const [, appId, path] = APP_PATH.exec(request.rawPath) ?? [];
  if (appId === undefined || path === undefined) return refuse(404, "Not found");
  if (unescapePercent(appId) !== hub.settings.appId) return refuse(404, `App ${unescapePercent(appId)} does not exist`);
  const complaint = complaintAboutAuth(hub.settings, request, hub.settings.now());
  return complaint === undefined ? route(hub, request, path) : refuse(401, complaint);
}

function route(hub: Hub, request: ApiRequest, path: string): ApiAnswer {
  const [collection, name, rest, ...more] = path.split("/").slice(1).map(unescapePercent);
  const shape = [collection, name === undefined ? "" : "/*", rest === undefined ? "" : `/${rest}`].join("");
  if (more.length > 0) return refuse(404, "Not found");
  switch (`${request.method} ${shape}`) {
    case "POST events":
      return postEvents(hub, request);
    case "POST batch_events":
      return postBatchEvents(hub, request);
    case "GET channels":
      return getChannels(hub, request);
    case "GET channels/*":
      return getChannel(hub, request, name ?? "");
    case "GET channels/*/users":
      return getUsers(hub, name ?? "");
    case "POST users/*/terminate_connections":
      return terminateConnections(hub, name ?? "");
    default:
      return refuse(404, "Not found");
  }
}

/** The parameters of a POST: its JSON body, or else its query string (arrays as `channels[]=a&channels[]=b`). */
function fieldsOf(request: ApiRequest): JsonObject | undefined {
  if (request.body.length > 0) return parseJsonObject(request.body.toString("utf8"));
  const channels = request.query.filter(({ name }) => name === "channels[]").map(({ value }) => value);
  const single = Object.fromEntries(request.query.map(({ name, value }) => [name, value]));
  return channels.length > 0 ? { ...single, channels } : single;
}

function postEvents(hub: Hub, request: ApiRequest): ApiAnswer {
  const fields = fieldsOf(request);
  if (fields === undefined) return refuse(400, "The body must be a JSON object");
  const parsed = parseTrigger(fields);
  if ("refused" in parsed) return parsed.refused;
  publish(hub, parsed.value);
  const { channels, info } = parsed.value;
  if (info === undefined) return succeed();
  return succeed({
    channels: Object.fromEntries(channels.map((channel) => [channel, channelInfo(hub, channel, info)])),
  });
}

function postBatchEvents(hub: Hub, request: ApiRequest): ApiAnswer {
  const fields = fieldsOf(request);
  if (fields === undefined) return refuse(400, "The body must be a JSON object");
  const parsed = parseBatch(fields);
  if ("refused" in parsed) return parsed.refused;
  for (const trigger of parsed.value) publish(hub, trigger);
  if (parsed.value.every(({ info }) => info === undefined)) return succeed();
  return succeed({
    batch: parsed.value.map(({ channels: [channel = ""], info = [] }) => channelInfo(hub, channel, info)),
  });
}

function publish(hub: Hub, { name: event, data, channels, socketId }: Trigger): void {
  for (const channel of channels) {
    hub.publish({ channel, event, data, ...(socketId !== undefined && { socketId }) });
  }
}

function getChannels(hub: Hub, request: ApiRequest): ApiAnswer {
  const prefix = parameter(request, "filter_by_prefix") ?? "";
  const info = parseInfo(parameter(request, "info"), ["user_count", "subscription_count"]);
  if ("refused" in info) return info.refused;
  const attributes = info.value ?? [];
  if (attributes.includes("user_count") && !prefix.startsWith("presence-")) {
    return refuse(
      400,
      "user_count may only be requested for presence channels - please supply filter_by_prefix begining with presence-",
    );
  }
  const names = hub.channels.names().filter((name) => isValidChannelName(name) && name.startsWith(prefix));
  return succeed({
    channels: Object.fromEntries(names.map((name) => [name, channelInfo(hub, name, attributes)])),
  });
}

function getChannel(hub: Hub, request: ApiRequest, channel: string): ApiAnswer {
  if (!isValidChannelName(channel)) return refuse(400, `Invalid channel name ${JSON.stringify(channel)}`);
  const info = parseInfo(parameter(request, "info"), ["user_count", "subscription_count", "cache"]);
  if ("refused" in info) return info.refused;
  const attributes = info.value ?? [];
  const { presence, cache } = traitsOf(channel);
  if (attributes.includes("user_count") && !presence) {
    return refuse(400, "Cannot retrieve the user count unless the channel is a presence channel");
  }
  if (attributes.includes("cache") && !cache) {
    return refuse(400, "Cannot retrieve the cache unless the channel is a cache channel");
  }
  const occupied = hub.channels.subscriptionCount(channel) > 0;
  return succeed({ occupied, ...channelInfo(hub, channel, attributes) });
}

function getUsers(hub: Hub, channel: string): ApiAnswer {
  if (!isValidChannelName(channel)) return refuse(400, `Invalid channel name ${JSON.stringify(channel)}`);
  if (!traitsOf(channel).presence) return refuse(400, "Users can only be retrieved for presence channels");
  return succeed({ users: hub.channels.members(channel).map(({ userId }) => ({ id: userId })) });
}

function terminateConnections(hub: Hub, userId: string): ApiAnswer {
  for (const connection of hub.users.connections(userId)) {
    connection.close(UNAUTHORIZED.code, "Connection terminated by the app");
  }
  return succeed();
}
