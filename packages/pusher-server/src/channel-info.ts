import { traitsOf } from "./channel-name.ts";
import type { Hub } from "./hub.ts";
import type { JsonObject } from "./json.ts";

/** The requested attributes of a channel, as far as its kind has them. */
export function channelInfo({ channels, cache }: Hub, channel: string, attributes: readonly string[]): JsonObject {
  const { presence } = traitsOf(channel);
  const cached = attributes.includes("cache") ? cache.recall(channel) : undefined;
  return {
    ...(attributes.includes("user_count") && presence && { user_count: channels.members(channel).length }),
    ...(attributes.includes("subscription_count") && { subscription_count: channels.subscriptionCount(channel) }),
    ...(cached !== undefined && { cache: { data: cached.event.data, ttl: cached.ttlSeconds } }),
  };
}
