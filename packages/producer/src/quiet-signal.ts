import { setMaxListeners } from "node:events";

const quietSignals = new WeakMap<AbortSignal, AbortSignal>();

/**
 * A signal that aborts with the caller's. Each request and each pause listens to it. Node would report more than ten listeners
 * on the caller's own signal as a leak.
 */
export function quietSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined) return undefined;
  const known = quietSignals.get(signal);
  if (known !== undefined) return known;
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const abort = (): void => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  quietSignals.set(signal, controller.signal);
  return controller.signal;
}
