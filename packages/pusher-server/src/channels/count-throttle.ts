import { COUNT_INTERVAL_MS, COUNT_THROTTLE_ABOVE_SUBSCRIBERS } from "../limits.ts";

/** Limits the subscription counts of large channels, where each join would send one frame to every subscriber. */
export interface CountThrottle {
  /** Sends the new count of a channel, at once or after the interval. */
  update(channel: string, count: number): void;
  close(): void;
}

interface Interval {
  readonly timer: NodeJS.Timeout;
  /** The newest count that is not sent yet. */
  next: number | undefined;
}

export function createCountThrottle(send: (channel: string, count: number) => void): CountThrottle {
  const intervals = new Map<string, Interval>();
  let closed = false;
  const end = (channel: string): void => {
    clearTimeout(intervals.get(channel)?.timer);
    intervals.delete(channel);
  };
  const begin = (channel: string, count: number): void => {
    const timer = setTimeout(() => {
      const next = intervals.get(channel)?.next;
      intervals.delete(channel);
      if (next !== undefined) begin(channel, next);
    }, COUNT_INTERVAL_MS);
    intervals.set(channel, { timer, next: undefined });
    send(channel, count);
  };
  return {
    update(channel, count) {
      // The last clients leave after the close, and a new timer would keep the process alive.
      if (closed) return;
      const interval = intervals.get(channel);
      if (count <= COUNT_THROTTLE_ABOVE_SUBSCRIBERS) {
        end(channel);
        // `channel_vacated` reports a count of zero.
        if (count > 0) send(channel, count);
      } else if (interval === undefined) begin(channel, count);
      else interval.next = count;
    },
    close() {
      closed = true;
      for (const channel of [...intervals.keys()]) end(channel);
    },
  };
}
