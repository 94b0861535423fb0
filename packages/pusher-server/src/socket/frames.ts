import type { ChannelMember } from "../channels/member.ts";

// The frames that the server sends. Pusher encodes `data` twice: a JSON string inside the JSON frame. Only `pusher:error`
// has a plain object.

export interface ChannelEvent {
  readonly channel: string;
  readonly event: string;
  readonly data: string | undefined;
  /** Set only for client events of presence channels. */
  readonly userId?: string | undefined;
}

export function connectionEstablished(socketId: string, protocol: number, activityTimeoutSeconds: number): string {
  const timeout = protocol >= 7 ? { activity_timeout: activityTimeoutSeconds } : {};
  return JSON.stringify({
    event: "pusher:connection_established",
    data: JSON.stringify({ socket_id: socketId, ...timeout }),
  });
}

export function errorFrame(message: string, code: number | null = null): string {
  return JSON.stringify({ event: "pusher:error", data: { code, message } });
}

export function channelEvent({ event, channel, data, userId }: ChannelEvent): string {
  return JSON.stringify({ event, channel, data, user_id: userId });
}

function internalEvent(event: string, channel: string, data: unknown): string {
  return JSON.stringify({ event: `pusher_internal:${event}`, channel, data: JSON.stringify(data) });
}

export function subscriptionSucceeded(channel: string, members?: readonly ChannelMember[]): string {
  if (members === undefined) return internalEvent("subscription_succeeded", channel, {});
  const presence = {
    ids: members.map(({ userId }) => userId),
    hash: Object.fromEntries(members.map(({ userId, userInfo }) => [userId, userInfo ?? null])),
    count: members.length,
  };
  return internalEvent("subscription_succeeded", channel, { presence });
}

export function memberAdded(channel: string, { userId, userInfo }: ChannelMember): string {
  return internalEvent("member_added", channel, { user_id: userId, user_info: userInfo });
}

export function memberRemoved(channel: string, userId: string): string {
  return internalEvent("member_removed", channel, { user_id: userId });
}

export function subscriptionCount(channel: string, count: number): string {
  return internalEvent("subscription_count", channel, { subscription_count: count });
}

export function cacheMiss(channel: string): string {
  return JSON.stringify({ event: "pusher:cache_miss", channel, data: "{}" });
}

export function signinSuccess(userData: string): string {
  return JSON.stringify({ event: "pusher:signin_success", data: JSON.stringify({ user_data: userData }) });
}

export interface WatchlistEvent {
  readonly name: "online" | "offline";
  readonly userIds: readonly string[];
}

export function watchlistEvents(events: readonly WatchlistEvent[]): string {
  const data = { events: events.map(({ name, userIds }) => ({ name, user_ids: userIds })) };
  return JSON.stringify({ event: "pusher_internal:watchlist_events", data: JSON.stringify(data) });
}

export const PING = JSON.stringify({ event: "pusher:ping", data: "{}" });
export const PONG = JSON.stringify({ event: "pusher:pong", data: "{}" });
