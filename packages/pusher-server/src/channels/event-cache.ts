import { CACHE_TTL_MS } from "../limits.ts";
import type { ChannelEvent } from "../socket/frames.ts";

export interface CachedEvent {
  readonly event: ChannelEvent;
  readonly ttlSeconds: number;
}

/** The last event of each cache channel, also of a channel without subscribers. */
export interface EventCache {
  remember(event: ChannelEvent): void;
  recall(channel: string): CachedEvent | undefined;
  /** True for the first miss of a channel since its last event, or since `forgetMiss`. */
  recordMiss(channel: string): boolean;
  forgetMiss(channel: string): void;
  clear(): void;
}

export function createEventCache(now: () => number): EventCache {
  const entries = new Map<string, { readonly event: ChannelEvent; readonly expiresAt: number }>();
  const missed = new Set<string>();
  return {
    remember(event) {
      missed.delete(event.channel);
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
    recordMiss(channel) {
      const first = !missed.has(channel);
      missed.add(channel);
      return first;
    },
    forgetMiss: (channel) => void missed.delete(channel),
    clear() {
      entries.clear();
      missed.clear();
    },
  };
}
