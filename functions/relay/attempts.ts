import type { Entry } from "@realtime-gateway/routing";
import type { Publish } from "../publisher.ts";
import { type Failed, failed } from "./outcome.ts";

/** Attempts of one call, the first one included. */
const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2_000;
/** With less time than this left, an attempt would only be cut off. */
const MIN_ATTEMPT_MS = 100;
/** Calls in a row that used up their attempts: Pusher is away, and the rest of the batch would only knock at its door. */
const OUTAGE_CALLS = 3;
const TIME_IS_UP = failed("deadline", "the invocation's time had run out");

export interface AttemptDeps {
  readonly publish: Publish;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 to 1 */
  readonly random: () => number;
  /** For one attempt. */
  readonly timeoutMs: number;
  /** No attempt lasts beyond it. */
  readonly deadlineMs: number;
}

export interface Attempts {
  /** Publishes with retries; `undefined` when it is done. */
  publish(entries: readonly Entry[]): Promise<Failed | undefined>;
  readonly calls: number;
  readonly retries: number;
}

/** What the calls of one invocation share: a deadline, Pusher's wish to be left alone, and whether there is any point. */
export function createAttempts(deps: AttemptDeps): Attempts {
  const { nowMs, sleep, random, timeoutMs, deadlineMs } = deps;
  let calls = 0;
  let retries = 0;
  let exhaustedInARow = 0;
  let stopped: Failed | undefined;
  let quiet = { untilMs: 0, failure: TIME_IS_UP };

  const leftMs = (): number => deadlineMs - nowMs();

  async function attempt(entries: readonly Entry[]): Promise<Failed | undefined> {
    calls += 1;
    const publication = await deps.publish(entries, Math.min(timeoutMs, leftMs()));
    if (publication.ok) return undefined;
    const failure = failed(publication.code, publication.detail);
    const untilMs = nowMs() + (publication.retryAfterMs ?? 0);
    // A refusal is about the content of its own call: no other call may be held back or failed with it.
    if (failure.code !== "rejected_by_pusher" && untilMs > quiet.untilMs) quiet = { untilMs, failure };
    return failure;
  }

  /** Waits for the backoff, and for as long as Pusher has asked any call of ours to; not where no time would be left. */
  async function waited(pauseMs: number): Promise<boolean> {
    const pausedUntilMs = nowMs() + pauseMs;
    for (;;) {
      const waitMs = Math.max(0, Math.max(pausedUntilMs, quiet.untilMs) - nowMs());
      if (leftMs() - waitMs < MIN_ATTEMPT_MS) return false;
      if (waitMs === 0) return true;
      // Meanwhile Pusher may ask another call for a longer pause.
      await sleep(waitMs);
    }
  }

  /** Why a call that was never tried is not: it would have had to wait for too long, or its turn came too late. */
  const untried = (): Failed => (quiet.untilMs > nowMs() ? quiet.failure : TIME_IS_UP);

  return {
    async publish(entries) {
      let last: Failed | undefined;
      for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
        if (stopped) return stopped;
        if (!(await waited(tries === 0 ? 0 : backoffMs(tries, random())))) return last ?? untried();
        // Another call may have found out meanwhile.
        if (stopped) return stopped;
        if (tries > 0) retries += 1;
        try {
          last = await attempt(entries);
        } catch (bug) {
          stopped = failed("internal_error", "another call threw");
          throw bug;
        }
        if (last === undefined || last.code === "rejected_by_pusher") {
          exhaustedInARow = 0;
          return last;
        }
        if (last.code === "pusher_misconfigured") stopped = last;
      }
      exhaustedInARow += 1;
      if (exhaustedInARow >= OUTAGE_CALLS) stopped ??= last;
      return last;
    },
    get calls() {
      return calls;
    },
    get retries() {
      return retries;
    },
  };
}

/** Exponential, with full jitter: retries of many functions must not come in step. */
const backoffMs = (tries: number, random: number): number =>
  random * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
