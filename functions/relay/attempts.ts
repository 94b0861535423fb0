import type { Entry } from "@realtime-gateway/routing";
import type { Publish } from "../publisher.ts";
import { type FailedOutcome, failed } from "./message.ts";

/** Attempts of one call, including the first one. */
const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2_000;
/** An attempt with less time left would only be cut off. */
const MIN_ATTEMPT_MS = 100;
/** After this many calls in a row that used up their attempts, Pusher is down. The rest of the batch is not tried. */
const OUTAGE_CALLS = 3;
const TIME_IS_UP = failed("deadline", "the invocation's time had run out");

export interface AttemptDeps {
  readonly publish: Publish;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 to 1 */
  readonly random: () => number;
  /** The timeout of one attempt. */
  readonly timeoutMs: number;
  /** All attempts end by this time. */
  readonly deadlineMs: number;
}

export interface Attempts {
  /** Publishes with retries. Returns `undefined` once the entries are published. */
  publish(entries: readonly Entry[]): Promise<FailedOutcome | undefined>;
  /** Ends all calls with this failure: no retry in this invocation can help. */
  stop(failure: FailedOutcome): void;
  readonly calls: number;
  readonly retries: number;
}

/** The calls of one invocation share a deadline, the pause that Pusher asked for, and the decision to stop. */
export function createAttempts(deps: AttemptDeps): Attempts {
  const { nowMs, sleep, random, timeoutMs, deadlineMs } = deps;
  let calls = 0;
  let retries = 0;
  let exhaustedInARow = 0;
  let stopped: FailedOutcome | undefined;
  let quiet = { untilMs: 0, failure: TIME_IS_UP };

  const leftMs = (): number => deadlineMs - nowMs();

  async function attempt(entries: readonly Entry[]): Promise<FailedOutcome | undefined> {
    calls += 1;
    const publication = await deps.publish(entries, Math.min(timeoutMs, leftMs()));
    if (publication.ok) return undefined;
    const failure = failed(publication.code, publication.detail, publication.status);
    const untilMs = nowMs() + (publication.retryAfterMs ?? 0);
    // A rejection concerns the entries of its own call. It must not delay or fail other calls.
    if (failure.code !== "rejected_by_pusher" && untilMs > quiet.untilMs) quiet = { untilMs, failure };
    return failure;
  }

  /** Sleeps for the backoff, and for the longest pause that Pusher asked any call for. Returns false if too little time is left. */
  async function waited(pauseMs: number): Promise<boolean> {
    const pausedUntilMs = nowMs() + pauseMs;
    for (;;) {
      const waitMs = Math.max(0, Math.max(pausedUntilMs, quiet.untilMs) - nowMs());
      if (leftMs() - waitMs < MIN_ATTEMPT_MS) return false;
      if (waitMs === 0) return true;
      // During the sleep, Pusher may ask another call for a longer pause.
      await sleep(waitMs);
    }
  }

  /** The failure of a call without attempts: the pause that Pusher asked for is too long, or the time is up. */
  const untried = (): FailedOutcome => (quiet.untilMs > nowMs() ? quiet.failure : TIME_IS_UP);

  return {
    async publish(entries) {
      let last: FailedOutcome | undefined;
      for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
        if (stopped) return stopped;
        if (!(await waited(tries === 0 ? 0 : backoffMs(tries, random())))) return last ?? untried();
        // Another call may have stopped all calls during the wait.
        if (stopped) return stopped;
        if (tries > 0) retries += 1;
        try {
          last = await attempt(entries);
        } catch (bug) {
          stopped = failed("internal_error", "another call threw");
          throw bug;
        }
        if (last === undefined || last.code === "rejected_by_pusher" || mayConcernEntries(last, entries)) {
          exhaustedInARow = 0;
          return last;
        }
        if (last.code === "pusher_misconfigured") stopped = last;
      }
      exhaustedInARow += 1;
      if (exhaustedInARow >= OUTAGE_CALLS) stopped ??= last;
      return last;
    },
    stop(failure) {
      stopped ??= failure;
    },
    get calls() {
      return calls;
    },
    get retries() {
      return retries;
    },
  };
}

/** 401 and 404 concern the app, 408 and 429 pass with time. */
const NEVER_ABOUT_ENTRIES: ReadonlySet<number> = new Set([401, 404, 408, 429]);
const FORBIDDEN = 403;

/**
 * One entry of a call can cause most 4xx answers, so the entries are asked for one by one before all of them are blamed.
 * Only the other entries show if a 403 concerns a single entry or the app.
 */
export function mayConcernEntries({ status }: FailedOutcome, entries: readonly Entry[]): boolean {
  if (status === undefined || status < 400 || status > 499 || NEVER_ABOUT_ENTRIES.has(status)) return false;
  return entries.length > 1 || status === FORBIDDEN;
}

export const isForbidden = ({ status }: FailedOutcome): boolean => status === FORBIDDEN;

/** Exponential backoff with full jitter, so that many functions do not retry at the same moments. */
const backoffMs = (tries: number, random: number): number =>
  random * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1));
