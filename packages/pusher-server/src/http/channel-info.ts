import { traitsOf } from "../channels/channel-name.ts";
import type { Hub } from "../hub.ts";
import type { UncheckedFields } from "../json.ts";

/** The requested attributes of a channel. An attribute that its kind does not have is absent. */
export function channelInfo({ channels, cache }: Hub, channel: string, attributes: readonly string[]): UncheckedFields {
  const { presence } = traitsOf(channel);
  const cached = cache.recall(channel);
  return {
    ...(attributes.includes("user_count") && presence && { user_count: channels.members(channel).length }),
    ...(attributes.includes("subscription_count") && { subscription_count: channels.subscriptionCount(channel) }),
    ...(attributes.includes("cache") && { cache: cached ? { data: cached.event.data, ttl: cached.ttlSeconds } : null }),
  };
}
