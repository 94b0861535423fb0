import { hash } from "node:crypto";
import type { DomainEvent } from "@realtime-gateway/events";

/** How long a published event is remembered: producers retry within seconds, SQS redelivers within minutes. */
const REMEMBERED_MS = 5 * 60 * 1000;
/** Some megabytes at the most, in a function that has 128 of them. */
const MAX_REMEMBERED = 10_000;
/** A longer identity is not remembered; nobody who retries writes one. */
const MAX_KEY_LENGTH = 512;

/** The events that this process has published lately, by the identity that CloudEvents gives them. */
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
 * CloudEvents: `source` and `id`, neither of them empty, together identify an event. Its name and payload are part of the key, so
 * that a producer who uses one id for different events loses none of them.
 */
export const eventKey = ({ source, id, name, json }: DomainEvent): string | undefined =>
  source && id ? JSON.stringify([source, id, name, hash("sha1", json, "base64")]) : undefined;
