import type { GatewayEvent } from "@realtime-gateway/local/control";

/** An event that this browser received from Pusher. */
export interface BrowserArrival {
  readonly event: string;
  readonly channel: string;
  /** The envelope's id, if the gateway stamps payloads. */
  readonly id?: string | undefined;
  readonly receivedAt: number;
}

/** Assigns what this browser received to the rows of the stack. Times are milliseconds since 1970. */
export interface Arrivals {
  received(arrival: BrowserArrival): void;
  /** Looks for the arrivals of events that are published now. */
  match(events: readonly GatewayEvent[]): void;
  /** The time at which this browser received the event on its first channel. */
  of(key: string): number | undefined;
  /** The milliseconds from the producer's call to this browser that this share of the last events took at most. */
  percentileMs(share: number): number | undefined;
  readonly count: number;
  clear(): void;
}

/** Pusher's answer to the relay and the event for the browser overtake each other, but not by more than this. */
const MAX_DISTANCE_MS = 2_000;
/** More would be arrivals on a channel whose events this stack did not send. */
const MAX_UNMATCHED = 2_000;
/** The times of this many events make the percentiles, as in the figures of the stack. */
const MAX_TIMES = 1_000;

export function createArrivals(maxMatched: number): Arrivals {
  const unmatched = new Map<string, BrowserArrival[]>();
  const matched = new Map<string, number>();
  let timesMs: number[] = [];
  let waiting = 0;
  let count = 0;

  const placeOf = (channel: string, event: string): string => `${channel} ${event}`;

  function take({ event, id, publishedAtMs }: GatewayEvent, channel: string): number | undefined {
    const arrivals = unmatched.get(placeOf(channel, event ?? ""));
    const at = arrivals?.findIndex(
      (arrival) =>
        (arrival.id === undefined || arrival.id === id) &&
        Math.abs(arrival.receivedAt - (publishedAtMs ?? 0)) <= MAX_DISTANCE_MS,
    );
    if (arrivals === undefined || at === undefined || at < 0) return undefined;
    waiting -= 1;
    return arrivals.splice(at, 1)[0]?.receivedAt;
  }

  return {
    received(arrival) {
      count += 1;
      if (waiting >= MAX_UNMATCHED) {
        unmatched.clear();
        waiting = 0;
      }
      waiting += 1;
      const place = placeOf(arrival.channel, arrival.event);
      const others = unmatched.get(place);
      if (others === undefined) unmatched.set(place, [arrival]);
      else others.push(arrival);
    },
    match(events) {
      if (waiting === 0) return;
      for (const event of events) {
        if (event.publishedAtMs === undefined || matched.has(event.key)) continue;
        const times = event.channels.map(({ name }) => take(event, name)).filter((time) => time !== undefined);
        if (times.length === 0) continue;
        const receivedAtMs = Math.min(...times);
        matched.set(event.key, receivedAtMs);
        timesMs.push(Math.max(0, receivedAtMs - event.acceptedAtMs));
      }
      timesMs = timesMs.slice(-MAX_TIMES);
      for (const key of matched.keys()) {
        if (matched.size <= maxMatched) break;
        matched.delete(key);
      }
    },
    of: (key) => matched.get(key),
    percentileMs(share) {
      const sorted = timesMs.toSorted((a, b) => a - b);
      return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    },
    get count() {
      return count;
    },
    clear() {
      unmatched.clear();
      matched.clear();
      timesMs = [];
      waiting = 0;
      count = 0;
    },
  };
}
