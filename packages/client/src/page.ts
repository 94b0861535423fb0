import type { Stop } from "./stop.ts";
import { createTimer } from "./time.ts";

type Listen = (type: string, listener: () => void, options: { readonly signal: AbortSignal }) => void;

/** Servers have none of these, workers have no document. */
interface Page {
  readonly document?: { readonly visibilityState: string; readonly addEventListener: Listen };
  readonly addEventListener?: Listen;
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
  const end = new AbortController();
  const watchClock = (): void => {
    const setAtMs = Date.now();
    clock.set(CLOCK_MS, () => {
      if (Date.now() - setAtMs > SLEEP_MS) tell("awake");
      watchClock();
    });
  };
  watchClock();
  page.document?.addEventListener("visibilitychange", () => isHidden() || tell("visible"), end);
  page.addEventListener?.("online", () => tell("awake"), end);
  return () => {
    clock.clear();
    end.abort();
  };
}
