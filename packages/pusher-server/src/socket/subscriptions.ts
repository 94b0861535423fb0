import { traitsOf, userOfChannel } from "../channels/channel-name.ts";
import { type Hub, sendToChannel } from "../hub.ts";
import { stringOf, type UncheckedFields } from "../json.ts";
import type { Connection } from "./connection.ts";
import * as frames from "./frames.ts";
import { decideSubscription } from "./subscription-decision.ts";

export function subscribe(hub: Hub, connection: Connection, fields: UncheckedFields): void {
  const { settings, channels, webhooks } = hub;
  const decision = decideSubscription(settings, connection, fields, channels.members);
  if ("denied" in decision) {
    connection.send(frames.errorFrame(decision.denied));
    return;
  }
  const { channel, member } = decision;
  const change = channels.join(channel, connection, member);
  connection.subscriptions.set(channel, member);
  connection.send(frames.subscriptionSucceeded(channel, member && channels.members(channel)));
  if (change.occupancy && userOfChannel(channel) === undefined) webhooks.arrived({ name: "channel_occupied", channel });
  if (change.member !== undefined) {
    sendToChannel(channels, channel, frames.memberAdded(channel, change.member), connection.socketId);
    webhooks.arrived({ name: "member_added", channel, user_id: change.member.userId });
  }
  sendCachedEvent(hub, connection, channel);
  updateCount(hub, channel);
  hub.subscribed(channel);
}

export function unsubscribe(hub: Hub, connection: Connection, fields: UncheckedFields): void {
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
  if (change.occupancy) hub.cache.forgetMiss(channel);
  if (change.occupancy && userOfChannel(channel) === undefined) {
    hub.webhooks.departed({ name: "channel_vacated", channel });
  }
  updateCount(hub, channel);
}

function sendCachedEvent({ cache, webhooks }: Hub, connection: Connection, channel: string): void {
  if (!traitsOf(channel).cache) return;
  const cached = cache.recall(channel);
  if (cached !== undefined) {
    connection.send(frames.channelEvent(cached.event));
    return;
  }
  connection.send(frames.cacheMiss(channel));
  if (cache.recordMiss(channel)) webhooks.happened({ name: "cache_miss", channel });
}

/** Presence channels report members instead. */
function updateCount({ settings, channels, counts }: Hub, channel: string): void {
  if (!settings.subscriptionCount || traitsOf(channel).presence || userOfChannel(channel) !== undefined) return;
  counts.update(channel, channels.subscriptionCount(channel));
}
