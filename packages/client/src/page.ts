import type { Stop } from "./stop.ts";
import { createTimer } from "./time.ts";

type Listen = (type: string, listener: () => void) => void;

interface Target {
  readonly addEventListener?: Listen;
  readonly removeEventListener?: Listen;
}

/** Servers have none of these, workers have no document. */
interface Page extends Target {
  readonly document?: Target & { readonly visibilityState: string };
}
const page: Partial<Page> & typeof globalThis = globalThis;

/** jsdom's `prerender` is not hidden. */
export const isHidden = (): boolean => page.document?.visibilityState === "hidden";

const CLOCK_MS = 10_000;
/** A clock that jumps this far slept. Hidden tabs run timers once a minute at least. */
const SLEEP_MS = 90_000;

/** Watches for the moments after which a connection may be dead: visible again, online again, awake after sleep. */
export function watchPage(tell: (signal: "visible" | "awake") => void): Stop {
  const clock = createTimer();
  const watchClock = (): void => {
    const setAtMs = Date.now();
    clock.set(CLOCK_MS, () => {
      if (Date.now() - setAtMs > SLEEP_MS) tell("awake");
      watchClock();
    });
  };
  watchClock();
  const stopVisible = listen(page.document, "visibilitychange", () => isHidden() || tell("visible"));
  const stopOnline = listen(page, "online", () => tell("awake"));
  return () => {
    clock.clear();
    stopVisible();
    stopOnline();
  };
}

/** Without the option `signal`: the window of a jsdom takes no other `AbortSignal` than its own. */
function listen(target: Target | undefined, type: string, listener: () => void): Stop {
  target?.addEventListener?.(type, listener);
  return () => target?.removeEventListener?.(type, listener);
}
