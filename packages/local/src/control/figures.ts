import type { RelayRecord } from "@realtime-gateway/operations/explain";
import { eventState } from "./event-state.ts";
import type { Journal } from "./journal.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { EventStatus, GatewayFigures } from "./types.ts";

/** The times of this many published events make the percentiles. */
const TIMES = 1_000;
const RATE_SECONDS = 10;

export interface FigureCounter {
  /** A log record of the relay about one invocation. */
  logged(record: RelayRecord): void;
  read(): GatewayFigures;
}

/** Counts the events of a journal. The counts also hold for events that the journal has forgotten. */
export function createFigures(journal: Journal, nowMs: () => number): FigureCounter {
  let counts = newCounts();
  let countedAs = new WeakMap<JournalEntry, EventStatus>();
  journal.listen({
    changed(entry) {
      const before = countedAs.get(entry);
      const { status, ms, channels } = eventState(entry);
      if (before === undefined) countArrival(counts, nowMs());
      if (before === status) return;
      if (before !== undefined) counts.byStatus.set(before, (counts.byStatus.get(before) ?? 0) - 1);
      counts.byStatus.set(status, (counts.byStatus.get(status) ?? 0) + 1);
      countedAs.set(entry, status);
      if (status === "replaced" || status === "duplicate" || status === "expired") counts.spared += channels.length;
      if (status === "published" && ms !== undefined) countTime(counts, ms);
    },
    published(entry, { subscribers = 0 }) {
      counts.published += 1;
      counts.delivered += subscribers;
      if (entry.from === "queue") counts.relayed += 1;
    },
    cleared() {
      counts = newCounts();
      countedAs = new WeakMap();
    },
  });
  return {
    logged({ message, pusher_calls: calls, retries }) {
      if (message !== "relay_batch") return;
      counts.calls += Number(calls);
      counts.retries += Number(retries);
    },
    read: () => figuresOf(counts, nowMs()),
  };
}

const newCounts = () => ({
  events: 0,
  byStatus: new Map<EventStatus, number>(),
  calls: 0,
  retries: 0,
  published: 0,
  relayed: 0,
  delivered: 0,
  spared: 0,
  times: [] as number[],
  perSecond: new Map<number, number>(),
});

type Counts = ReturnType<typeof newCounts>;

function countArrival(counts: Counts, nowMs: number): void {
  counts.events += 1;
  const second = Math.floor(nowMs / 1000);
  counts.perSecond.set(second, (counts.perSecond.get(second) ?? 0) + 1);
  for (const old of counts.perSecond.keys()) if (old < second - RATE_SECONDS) counts.perSecond.delete(old);
}

function countTime({ times }: Counts, ms: number): void {
  times.push(ms);
  if (times.length > TIMES) times.shift();
}

function figuresOf(counts: Counts, nowMs: number): GatewayFigures {
  const { events, byStatus, calls, retries, published, relayed, delivered, spared, times, perSecond } = counts;
  const second = Math.floor(nowMs / 1000);
  const recent = [...perSecond].filter(([at]) => at >= second - RATE_SECONDS && at < second);
  const sorted = times.toSorted((a, b) => a - b);
  const [p50Ms, p99Ms] = [percentile(sorted, 0.5), percentile(sorted, 0.99)];
  const publishedEvents = byStatus.get("published") ?? 0;
  return {
    events,
    eventsPerSecond: recent.reduce((sum, [, count]) => sum + count, 0) / RATE_SECONDS,
    byStatus: Object.fromEntries([...byStatus].filter(([, count]) => count > 0)),
    ...(p50Ms !== undefined && { p50Ms }),
    ...(p99Ms !== undefined && { p99Ms }),
    calls,
    retries,
    callsPerEvent: publishedEvents === 0 ? 0 : Math.round((calls / publishedEvents) * 100) / 100,
    billable: { published, delivered },
    saved: { callsByBatching: Math.max(0, relayed - (calls - retries)), messagesByReplacing: spared },
  };
}

const percentile = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
