import { setTimeout as pause } from "node:timers/promises";

/** Each call resolves at the next beat. A late caller pauses for less, so that a load keeps its rate. */
export function metronome(beatsPerSecond: number): () => Promise<void> {
  const startedAtMs = performance.now();
  let beats = 0;
  return async () => {
    beats += 1;
    const dueAtMs = startedAtMs + (beats * 1000) / beatsPerSecond;
    await pause(Math.max(0, dueAtMs - performance.now()));
  };
}
