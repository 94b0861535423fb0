import type { RelaySettings } from "@realtime-gateway/settings";
import type { ReadyMessage, RelayMessage } from "./message.ts";
import type { RecentEvents } from "./recent-events.ts";

export interface UnneededDeps {
  readonly config: Pick<RelaySettings, "maxEventAgeSeconds">;
  readonly recent: RecentEvents;
  readonly nowMs: () => number;
}

/** Marks the messages that need no call: expired events, and duplicates of events in this batch or in recent ones. */
export function markUnneeded(messages: readonly RelayMessage[], deps: UnneededDeps): void {
  const firstOf = new Map<string, ReadyMessage>();
  for (const message of messages) {
    if (message.kind !== "ready") continue;
    if (isExpired(message, deps)) message.outcome = { kind: "expired" };
    else if (message.key !== undefined) markDuplicate(message, message.key, firstOf, deps.recent);
  }
}

function markDuplicate(message: ReadyMessage, key: string, firstOf: Map<string, ReadyMessage>, recent: RecentEvents) {
  if (recent.has(key)) {
    message.outcome = { kind: "duplicate" };
    return;
  }
  message.duplicateOf = firstOf.get(key);
  if (message.duplicateOf === undefined) firstOf.set(key, message);
}

function isExpired({ timeMs }: ReadyMessage, { config, nowMs }: UnneededDeps): boolean {
  const { maxEventAgeSeconds } = config;
  return maxEventAgeSeconds !== undefined && timeMs !== undefined && nowMs() - timeMs > maxEventAgeSeconds * 1000;
}
