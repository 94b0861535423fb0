import { onStop } from "@realtime-gateway/command-line";
import { EXIT_INTERRUPTED } from "./exit-codes.ts";

/** Aborted by a signal, or when nobody reads the results any more. A second signal does not wait. */
export function createStopSignal(onStopping: () => void): AbortSignal {
  const stopping = new AbortController();
  const { signal } = stopping;
  process.stdout.on("error", () => stopping.abort());
  onStop(() => {
    if (signal.aborted) process.exit(EXIT_INTERRUPTED);
    stopping.abort();
    onStopping();
  });
  return signal;
}
