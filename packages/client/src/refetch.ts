import { FORBIDDEN } from "./forbidden.ts";
import type { ChannelListener, RealtimeHub } from "./hub.ts";
import { memberOf } from "./member-of.ts";
import { isHidden } from "./page.ts";
import type { Stop } from "./stop.ts";
import { backoffMs, createTimer, randomMs } from "./time.ts";
import type { RefetchOptions } from "./types.ts";

/** Decides when to read, from what happens to the channel. */
export interface Refetch
  extends Required<Pick<ChannelListener, "subscribed" | "lost" | "visible" | "awake" | "event" | "isCaughtUp">> {
  readonly stop: Stop;
}

/** HTTP libraries reject with an error that has the status in one of these places. */
const statusOf = (error: unknown): unknown => memberOf(error, "status") ?? memberOf(error, "response", "status");

export function createRefetch(
  load: () => unknown,
  { debounceMs = 100, maxWaitMs = 1000, jitterMs = 2000, when }: RefetchOptions,
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
  /** The next read. It begins when the running read ends. */
  let next: Stop | undefined;
  let missedHidden = false;
  let isCaughtUp = false;
  let failures = 0;
  let subscriptions = 0;
  /** The first event that no read has begun for. */
  let pendingSince: number | undefined;

  const clear = (): void => {
    for (const timer of [debounce, jitter, retry]) timer.clear();
    next = pendingSince = undefined;
  };

  const stop = (): void => {
    isStopped = true;
    clear();
  };

  const read = async (): Promise<void> => {
    if (isStopped || !isSubscribed || retry.isSet()) return;
    if (isRunning) {
      next = read;
      return;
    }
    isRunning = true;
    // The read begins after every event so far.
    missedHidden = false;
    pendingSince = undefined;
    jitter.clear();
    const began = subscriptions;
    try {
      await load();
      failures = 0;
      solved("load_failed", channel);
      isCaughtUp ||= isSubscribed && began === subscriptions;
    } catch (error) {
      failed(error);
    }
    isRunning = false;
    const begin = next;
    next = undefined;
    begin?.();
    update();
  };

  const failed = (error: unknown): void => {
    // A new subscription reads anyway.
    if (isStopped || !isSubscribed) return;
    const retryable = statusOf(error) !== FORBIDDEN;
    const detail = retryable ? "the read failed" : "the read answered 403";
    report({ code: "load_failed", channel, detail, retryable });
    // The retry begins after every event so far, so it is for them too.
    next = undefined;
    if (retryable) retry.set(backoffMs(failures++), () => void read());
    else stop();
  };

  const readForEvent = (): void => {
    if (isHidden()) missedHidden = true;
    else if (isRunning) next ??= readForEvent;
    else void read();
  };

  /** After a read for an event, later events wait for silence, or at most `maxWaitMs`. */
  const waitForSilence = (): void => {
    const untilLatestMs = pendingSince === undefined ? debounceMs : pendingSince + maxWaitMs - Date.now();
    debounce.set(Math.max(0, Math.min(debounceMs, untilLatestMs)), () => {
      if (pendingSince !== undefined) readForEvents();
    });
  };

  const readForEvents = (): void => {
    pendingSince = undefined;
    waitForSilence();
    readForEvent();
  };

  const readSoon = (): void => {
    if (isSubscribed && !jitter.isSet()) jitter.set(randomMs(jitterMs), () => void read());
  };

  return {
    subscribed: () => {
      if (isStopped || isSubscribed) return;
      isSubscribed = true;
      if (subscriptions++ > 0) readSoon();
      else void read();
    },
    lost: () => {
      isSubscribed = isCaughtUp = false;
      clear();
    },
    event: (_, { event }) => {
      if (isStopped || !isSubscribed || when?.(event) === false) return;
      if (debounce.isSet()) {
        pendingSince ??= Date.now();
        waitForSilence();
      } else readForEvents();
    },
    visible: () => {
      if (missedHidden) void read();
    },
    awake: () => {
      if (!isStopped) readSoon();
    },
    isCaughtUp: () => isCaughtUp || isStopped,
    stop,
  };
}
