import type { GatewayEvent } from "@realtime-gateway/local/control";

/** The events that the page shows, each in its newest state. */
export interface EventRows {
  apply(changed: readonly GatewayEvent[]): void;
  clear(): void;
  find(key: string): GatewayEvent | undefined;
  /** The newest event first. A new array after each change. */
  readonly newestFirst: readonly GatewayEvent[];
}

/** As many as the stack remembers (docs/contract/local.yaml). */
export const MAX_ROWS = 10_000;

export function createEventRows(maxRows = MAX_ROWS): EventRows {
  const byKey = new Map<string, GatewayEvent>();
  let newestFirst: readonly GatewayEvent[] = [];
  return {
    apply(changed) {
      for (const event of changed) byKey.set(event.key, event);
      // Sorting is cheap, because the events are nearly in order.
      const oldestFirst = [...byKey.values()].sort((a, b) => a.acceptedAtMs - b.acceptedAtMs);
      for (const { key } of oldestFirst.splice(0, oldestFirst.length - maxRows)) byKey.delete(key);
      newestFirst = oldestFirst.reverse();
    },
    clear() {
      byKey.clear();
      newestFirst = [];
    },
    find: (key) => byKey.get(key),
    get newestFirst() {
      return newestFirst;
    },
  };
}
