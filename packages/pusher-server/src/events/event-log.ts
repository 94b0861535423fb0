/** Our choice: enough for a long run of tests. Events of 10 KB then take about 100 MB. */
const REMEMBERED_EVENTS = 10_000;

/** One event on one channel, before the log has numbered it. */
export interface PassedEvent {
  readonly app: string;
  readonly channel: string;
  readonly event: string;
  readonly text: string;
  /** `api` for an event of the HTTP API, `client` for one of a subscriber. */
  readonly source: "api" | "client";
  readonly socketId?: string;
}

/** One event on one channel, as the server accepted it. */
export interface SeenEvent extends PassedEvent {
  /** Counts from 1 up since the start. */
  readonly number: number;
  /** ISO 8601, in UTC. */
  readonly time: string;
  /** The parsed JSON of `text`, or `text` itself if it is no JSON. */
  readonly data: unknown;
}

/** The events that passed, oldest first. The log keeps the last 10,000. */
export interface EventLog {
  readonly entries: readonly SeenEvent[];
  /** The number of the newest event; 0 before the first one. */
  readonly last: number;
  add(event: PassedEvent): void;
  /** Forgets the events. Their numbers are not used again. */
  clear(): void;
  /** Calls the listener for every further event. Returns a function that stops it. */
  onAdd(listener: (event: SeenEvent) => void): () => void;
}

export function createEventLog(now: () => number): EventLog {
  let entries: SeenEvent[] = [];
  let last = 0;
  const listeners = new Set<(event: SeenEvent) => void>();
  return {
    get entries() {
      return entries;
    },
    get last() {
      return last;
    },
    add(event) {
      last += 1;
      const seen = numbered(event, last, now());
      entries.push(seen);
      if (entries.length > REMEMBERED_EVENTS) entries.shift();
      for (const listener of [...listeners]) listener(seen);
    },
    clear() {
      entries = [];
    },
    onAdd(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const numbered = (event: PassedEvent, number: number, nowMs: number): SeenEvent => ({
  ...event,
  number,
  time: new Date(nowMs).toISOString(),
  // Most events are never read, so the log parses none of them on its own.
  get data() {
    return parsed(event.text);
  },
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
