import { ms, optional, type ValueRule } from "../faults/field.ts";
import type { RequestLog } from "../http/request-log.ts";
import type { EventLog, SeenEvent } from "./event-log.ts";
import { type EventMatch, matches } from "./event-match.ts";
import { explainMiss, quoted } from "./near-misses.ts";

/** Our choice: the default timeout of a test in vitest and jest, so that the reason comes before the test ends. */
const DEFAULT_TIMEOUT_MS = 4_000;

export interface WaitForOptions {
  /** The wait ends with an EventNotSeenError after this time. Default 4 seconds. */
  readonly timeoutMs?: number;
  /** Ends the wait early, with the signal's reason. */
  readonly signal?: AbortSignal;
}

const abortSignal: ValueRule<unknown> = { expected: "an AbortSignal", accepts: (_value): _value is unknown => true };

/** The members of `WaitForOptions`, to check them where no compiler does. */
export const WAIT_OPTION_FIELDS = { timeoutMs: optional(ms), signal: optional(abortSignal) } as const;

/** No event matched in time. The message lists what almost matched, one line each. */
export class EventNotSeenError extends Error {
  override readonly name = "EventNotSeenError";
  /** The lines of the message after the first one. */
  readonly nearMisses: readonly string[];

  constructor(match: EventMatch, timeoutMs: number, nearMisses: readonly string[]) {
    super([`${describe(match)} within ${timeoutMs} ms.`, ...nearMisses.map((text) => `  ${text}`)].join("\n"));
    this.nearMisses = nearMisses;
  }
}

function describe({ app, channel, event, data, since }: EventMatch): string {
  return [
    event === undefined ? "No event" : `No event ${quoted(event)}`,
    ...(channel === undefined ? [] : [`on channel ${quoted(channel)}`]),
    ...(app === undefined ? [] : [`in app ${app}`]),
    ...(data === undefined ? [] : [`with data ${JSON.stringify(data)}`]),
    ...(since === undefined ? [] : [`after number ${since}`]),
  ].join(" ");
}

/** Resolves with the first event that matches: one of the log, or the next one. */
export function waitForEvent(
  { events, requests }: { readonly events: EventLog; readonly requests: RequestLog },
  match: EventMatch,
  { timeoutMs = DEFAULT_TIMEOUT_MS, signal }: WaitForOptions,
): Promise<SeenEvent> {
  const earlier = events.entries.find((seen) => matches(seen, match));
  if (earlier !== undefined) return Promise.resolve(earlier);
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      forget();
      signal?.removeEventListener("abort", abort);
    };
    const abort = (): void => {
      end();
      reject(signal?.reason);
    };
    const forget = events.onAdd((seen) => {
      if (!matches(seen, match)) return;
      end();
      resolve(seen);
    });
    const timer = setTimeout(() => {
      end();
      reject(new EventNotSeenError(match, timeoutMs, explainMiss(match, events.entries, requests.entries)));
    }, timeoutMs);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted === true) abort();
  });
}
