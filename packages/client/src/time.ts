import type { Stop } from "./stop.ts";

/** Browsers return a number, Node an object with `unref`. */
interface TimerId {
  unref?(): void;
}
declare function setTimeout(run: () => void, ms?: number): TimerId;
declare function clearTimeout(timer: TimerId | undefined): void;

/** Runs something later, at most one thing at a time. The wait does not keep Node alive. */
export interface Timer {
  readonly isSet: () => boolean;
  readonly set: (ms: number, run: () => unknown) => void;
  readonly clear: Stop;
}

export function createTimer(): Timer {
  let timer: TimerId | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    isSet: () => Boolean(timer),
    set: (ms, run) => {
      clear();
      timer = setTimeout(() => {
        timer = undefined;
        run();
      }, ms);
      timer.unref?.();
    },
    clear,
  };
}

/** Calls code of the page. Its fault must not stop ours: the page's own error reporting sees it. */
export function safely(call: () => void): void {
  try {
    call();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}

const MAX_BACKOFF_MS = 60_000;

/** The wait before a retry: about 1, 2, 4 … seconds, up to a minute. Half of it is random, so that pages do not retry together. */
export const backoffMs = (failures: number): number =>
  Math.min(MAX_BACKOFF_MS, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);

export const randomMs = (maxMs: number): number => Math.random() * maxMs;
