import { FORBIDDEN } from "./forbidden.ts";
import type { ChannelListener, RealtimeHub } from "./hub.ts";
import { isHidden } from "./page.ts";
import { backoffMs, createTimer, randomMs } from "./time.ts";
import type { RefetchOptions } from "./types.ts";

/** Decides when to read, from what happens to the channel. */
export interface Refetch
  extends Required<
    Pick<ChannelListener, "subscribed" | "lost" | "visible" | "awake" | "event" | "isCaughtUp" | "stop">
  > {}

/** HTTP libraries reject with an error that has the status in one of these places. */
interface HttpError {
  readonly status?: unknown;
  readonly response?: HttpError;
}

export function createRefetch(
  load: () => unknown,
  { debounceMs = 100, maxWaitMs = 1000, jitterMs, when, waitFor }: RefetchOptions & { readonly jitterMs: number },
  channel: string | undefined,
  { report, solved, update }: Pick<RealtimeHub, "report" | "solved" | "update">,
): Refetch {
  /** Set while events wait for silence. */
  const debounce = createTimer();
  /** Set until the read after a re-subscription or a sign of life. */
  const jitter = createTimer();
  const retry = createTimer();
  let isSubscribed = false;
  let isStopped = false;
  let isRunning = false;
  /** True if an event came and no read has begun since. */
  let isOutdated = false;
  /** True if a read must follow the running one, even in a hidden page. */
  let isDue = false;
  let isCaughtUp = false;
  let failures = 0;
  let subscriptions = 0;
  let lastEventMs = -Infinity;
  /** Events that wait for silence are read by then. */
  let deadlineMs: number | undefined;

  /** Forgets each reason to read. */
  const clear = (): void => {
    debounce.clear();
    jitter.clear();
    retry.clear();
    isOutdated = isDue = false;
    deadlineMs = undefined;
  };

  const lost = (): void => {
    isSubscribed = isCaughtUp = false;
    clear();
  };

  const stop = (): void => {
    isStopped = true;
    lost();
  };

  const run = async (): Promise<void> => {
    const waiting = waitFor?.();
    if (waiting !== undefined) await waiting;
    if (!isSubscribed) return;
    clear();
    const began = subscriptions;
    await load();
    failures = 0;
    isCaughtUp ||= isSubscribed && began === subscriptions;
  };

  const read = async (): Promise<void> => {
    isDue = isRunning || retry.isSet();
    if (isDue) return;
    isRunning = true;
    await run().catch(failed);
    isRunning = false;
    if (isDue) void read();
    else if (isOutdated) readForEvents();
    update();
  };

  const failed = (error: unknown): void => {
    // A new subscription reads anyway.
    if (!isSubscribed) return;
    const { status, response }: HttpError = Object(error);
    const retryable = (status ?? response?.status) !== FORBIDDEN;
    if (!failures || !retryable) {
      report("load", { code: "load_failed", channel, detail: error, retryable });
      // Each refetch counts its own failures: a `load` that works ends no problem of another one.
      solved("load");
    }
    if (!retryable) stop();
    else retry.set(backoffMs(failures++), read);
  };

  const readForEvents = (): void => {
    isOutdated = true;
    if (!isRunning && !isHidden()) void read();
  };

  const readSoon = (): void => {
    if (isSubscribed && !jitter.isSet()) jitter.set(randomMs(jitterMs), read);
  };

  return {
    subscribed: () => {
      if (isStopped || isSubscribed) return;
      isSubscribed = true;
      if (subscriptions++) readSoon();
      else void read();
    },
    lost,
    event: (_, { event }) => {
      if (!isSubscribed || when?.(event) === false) return;
      const nowMs = Date.now();
      const isFirst = nowMs - lastEventMs > debounceMs;
      lastEventMs = nowMs;
      if (isFirst) readForEvents();
      else {
        deadlineMs ??= nowMs + maxWaitMs;
        debounce.set(Math.max(0, Math.min(debounceMs, deadlineMs - nowMs)), readForEvents);
      }
    },
    visible: () => {
      if (isOutdated) readForEvents();
    },
    awake: readSoon,
    isCaughtUp: () => isCaughtUp || isStopped,
    stop,
  };
}
