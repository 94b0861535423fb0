import { hash } from "node:crypto";
import type { DomainEvent } from "@realtime-gateway/events";

/** A published event is remembered for this time: producers retry within seconds, SQS redelivers within minutes. */
const REMEMBERED_MS = 5 * 60 * 1000;
/** These take a few megabytes at most. */
const MAX_REMEMBERED = 10_000;
/** Longer keys are not remembered. Real producers write shorter ids. */
const MAX_KEY_LENGTH = 512;

/** The events that this process has published recently, by their key. */
export interface RecentEvents {
  has(key: string): boolean;
  add(key: string): void;
}

export function createRecentEvents(nowMs: () => number): RecentEvents {
  const publishedAtMs = new Map<string, number>();
  const isFresh = (atMs: number | undefined): boolean => atMs !== undefined && nowMs() - atMs < REMEMBERED_MS;
  const forgetOldest = (): void => {
    for (const [key, atMs] of publishedAtMs) {
      if (isFresh(atMs) && publishedAtMs.size <= MAX_REMEMBERED) return;
      publishedAtMs.delete(key);
    }
  };
  return {
    has: (key) => isFresh(publishedAtMs.get(key)),
    add(key) {
      if (key.length > MAX_KEY_LENGTH) return;
      publishedAtMs.delete(key);
      publishedAtMs.set(key, nowMs());
      forgetOldest();
    },
  };
}

/**
 * In CloudEvents, a non-empty `source` and a non-empty `id` together identify an event. The key also contains the name and a hash
 * of the payload, so that a producer with one id for different events loses none of them.
 */
export const eventKey = ({ source, id, name, json }: DomainEvent): string | undefined =>
  source && id ? JSON.stringify([source, id, name, hash("sha1", json, "base64")]) : undefined;
