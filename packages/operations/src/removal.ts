import type { DeadLetter } from "./dead-letter.ts";
import type { DeadLetterQueue } from "./queues.ts";
import type { Reading } from "./reading.ts";
import { retryPassing, type Sleep } from "./retry.ts";

export type Done = "redriven" | "dropped";

export type Outcome = { readonly kind: Done } | { readonly kind: "failed"; readonly reason: string };

export interface Removal {
  readonly queue: DeadLetterQueue;
  readonly reading: Pick<Reading, "gone">;
  readonly sleep: Sleep;
  readonly onOutcome: (letter: DeadLetter, outcome: Outcome) => void;
}

/** Deletes at most ten dead letters, and tells what became of each. */
export async function remove(letters: readonly DeadLetter[], kind: Done, deps: Removal): Promise<void> {
  const { queue, reading, sleep, onOutcome } = deps;
  const left = await retryPassing(letters, (entries) => queue.remove(entries), sleep);
  for (const letter of letters) {
    const reason = left.get(letter);
    if (reason === undefined) {
      reading.gone(letter);
      onOutcome(letter, { kind });
    } else onOutcome(letter, { kind: "failed", reason: `${STAYS[kind]}: ${reason}` });
  }
}

const STAYS: Readonly<Record<Done, string>> = {
  redriven: "redriven, but not deleted, so it will be redriven again",
  dropped: "not deleted",
};
