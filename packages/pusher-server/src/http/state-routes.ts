import { isValidChannelName, traitsOf } from "../channels/channel-name.ts";
import type { Hub } from "../hub.ts";
import { type ApiAnswer, reject, succeed } from "./api-answer.ts";
import { type ApiRequest, parameter } from "./api-request.ts";
import { channelInfo } from "./channel-info.ts";
import { parseInfo } from "./info-parameter.ts";

export function getChannels(hub: Hub, request: ApiRequest): ApiAnswer {
  const prefix = parameter(request, "filter_by_prefix") ?? "";
  const info = parseInfo(parameter(request, "info"), ["user_count", "subscription_count"], hub.settings);
  if ("rejected" in info) return info.rejected;
  const attributes = info.value ?? [];
  if (attributes.includes("user_count") && !prefix.startsWith("presence-")) {
    return reject(
      400,
      "user_count may only be requested for presence channels - please supply filter_by_prefix begining with presence-",
    );
  }
  const names = hub.channels.names().filter((name) => isValidChannelName(name) && name.startsWith(prefix));
  return succeed({
    channels: Object.fromEntries(names.map((name) => [name, channelInfo(hub, name, attributes)])),
  });
}

export function getChannel(hub: Hub, request: ApiRequest, channel: string): ApiAnswer {
  if (!isValidChannelName(channel)) return reject(400, `Invalid channel name ${JSON.stringify(channel)}`);
  const info = parseInfo(parameter(request, "info"), ["user_count", "subscription_count", "cache"], hub.settings);
  if ("rejected" in info) return info.rejected;
  const attributes = info.value ?? [];
  const { presence, cache } = traitsOf(channel);
  if (attributes.includes("user_count") && !presence) {
    return reject(400, "Cannot retrieve the user count unless the channel is a presence channel");
  }
  if (attributes.includes("cache") && !cache) {
    return reject(400, "Cannot retrieve the cache unless the channel is a cache channel");
  }
  const occupied = hub.channels.subscriptionCount(channel) > 0;
  return succeed({ occupied, ...channelInfo(hub, channel, attributes) });
}

export function getUsers(hub: Hub, channel: string): ApiAnswer {
  if (!isValidChannelName(channel)) return reject(400, `Invalid channel name ${JSON.stringify(channel)}`);
  if (!traitsOf(channel).presence) return reject(400, "Users can only be retrieved for presence channels");
  return succeed({ users: hub.channels.members(channel).map(({ userId }) => ({ id: userId })) });
}
