import { codeOf, type DeadLetter } from "./dead-letter.ts";
import type { DeadLetterQueue } from "./queues.ts";
import { createReading, type Reading } from "./reading.ts";
import { matches, type Selection } from "./selection.ts";

export interface RunDeps {
  readonly queue: DeadLetterQueue;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly selection: Selection;
  readonly limit: number;
  /** After each step: messages read, and those of them that were meant. */
  readonly onProgress: (read: number, matched: number) => void;
  /** So many could not be made visible again at once. */
  readonly onHidden: (count: number) => void;
}

/** Does something about the dead letters that are meant. `reading` is told what is gone. */
export type Act = (letters: readonly DeadLetter[]) => Promise<void>;

export interface Run {
  readonly read: number;
  readonly matched: number;
  /** What was meant, counted by code. */
  readonly byCode: ReadonlyMap<string, number>;
  /** Why messages may be left that were not read. */
  readonly unread?: string;
}

/** Reads the queue to its end or to the limit, and leaves what was not taken as it was, however it ends. */
export async function run(deps: RunDeps, createAct: (reading: Reading) => Act): Promise<Run> {
  const { selection, limit, signal, onProgress, onHidden } = deps;
  const reading = createReading(deps);
  const act = createAct(reading);
  const byCode = new Map<string, number>();
  let read = 0;
  let matched = 0;
  try {
    for await (const letters of reading.batches()) {
      if (signal.aborted) break;
      const meant = letters.filter((letter) => matches(selection, letter)).slice(0, limit - matched);
      for (const letter of meant) byCode.set(codeOf(letter), (byCode.get(codeOf(letter)) ?? 0) + 1);
      read += letters.length;
      matched += meant.length;
      if (meant.length > 0) await act(meant);
      onProgress(read, matched);
      if (matched >= limit) break;
    }
  } finally {
    const hidden = await reading.release();
    if (hidden > 0) onHidden(hidden);
  }
  const unread = reading.unread();
  return { read, matched, byCode, ...(unread !== undefined && { unread }) };
}
