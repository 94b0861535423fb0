import { traitsOf, userOfChannel } from "./channel-name.ts";
import type { Connection } from "./connection.ts";
import * as frames from "./frames.ts";
import { type Hub, sendToChannel } from "./hub.ts";
import { type JsonObject, stringOf } from "./json.ts";
import { judgeSubscription } from "./subscription-verdict.ts";

export function subscribe(hub: Hub, connection: Connection, fields: JsonObject): void {
  const { settings, channels, webhooks } = hub;
  const verdict = judgeSubscription(settings, connection, fields, channels.members);
  if ("refused" in verdict) {
    connection.send(frames.errorFrame(verdict.refused.message, verdict.refused.code));
    return;
  }
  const { channel, member } = verdict;
  const change = channels.join(channel, connection, member);
  connection.subscriptions.set(channel, member);
  connection.send(frames.subscriptionSucceeded(channel, member && channels.members(channel)));
  if (change.occupancy && userOfChannel(channel) === undefined) webhooks.arrived({ name: "channel_occupied", channel });
  if (change.member !== undefined) {
    sendToChannel(channels, channel, frames.memberAdded(channel, change.member), connection.socketId);
    webhooks.arrived({ name: "member_added", channel, user_id: change.member.userId });
  }
  replayCache(hub, connection, channel);
  announceCount(hub, channel);
}

export function unsubscribe(hub: Hub, connection: Connection, fields: JsonObject): void {
  const channel = stringOf(fields.channel);
  if (channel !== undefined) leave(hub, connection, channel);
}

export function leave(hub: Hub, connection: Connection, channel: string): void {
  if (!connection.subscriptions.delete(channel)) return;
  const change = hub.channels.leave(channel, connection);
  if (change.member !== undefined) {
    const { userId } = change.member;
    sendToChannel(hub.channels, channel, frames.memberRemoved(channel, userId));
    hub.webhooks.departed({ name: "member_removed", channel, user_id: userId });
  }
  if (change.occupancy && userOfChannel(channel) === undefined) {
    hub.webhooks.departed({ name: "channel_vacated", channel });
  }
  announceCount(hub, channel);
}

function replayCache({ cache, webhooks }: Hub, connection: Connection, channel: string): void {
  if (!traitsOf(channel).cache) return;
  const cached = cache.recall(channel);
  if (cached !== undefined) {
    connection.send(frames.channelEvent(cached.event));
    return;
  }
  connection.send(frames.cacheMiss(channel));
  webhooks.happened({ name: "cache_miss", channel });
}

/** Presence channels have members instead; a count of zero is what `channel_vacated` says. */
function announceCount({ settings, channels, webhooks }: Hub, channel: string): void {
  const count = channels.subscriptionCount(channel);
  if (!settings.subscriptionCount || count === 0) return;
  if (traitsOf(channel).presence || userOfChannel(channel) !== undefined) return;
  sendToChannel(channels, channel, frames.subscriptionCount(channel, count));
  webhooks.happened({ name: "subscription_count", channel, subscription_count: count });
}
