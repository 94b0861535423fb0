import type { ChannelEvent } from "./frames.ts";
import { CACHE_TTL_MS } from "./limits.ts";

export interface CachedEvent {
  readonly event: ChannelEvent;
  readonly ttlSeconds: number;
}

/** The last event of each cache channel, kept whether or not anybody is subscribed. */
export interface EventCache {
  remember(event: ChannelEvent): void;
  recall(channel: string): CachedEvent | undefined;
}

export function createEventCache(now: () => number): EventCache {
  const entries = new Map<string, { readonly event: ChannelEvent; readonly expiresAt: number }>();
  return {
    remember(event) {
      entries.set(event.channel, { event, expiresAt: now() + CACHE_TTL_MS });
    },
    recall(channel) {
      const entry = entries.get(channel);
      if (entry === undefined) return undefined;
      const remainingMs = entry.expiresAt - now();
      if (remainingMs > 0) return { event: entry.event, ttlSeconds: Math.ceil(remainingMs / 1_000) };
      entries.delete(channel);
      return undefined;
    },
  };
}
