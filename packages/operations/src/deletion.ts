import type { DeadLetter } from "./dead-letter.ts";
import type { QueueReader } from "./queue-reader.ts";
import type { DeadLetterQueue } from "./queues.ts";
import { retryEntries, type Sleep } from "./retry-entries.ts";

export type ChangeKind = "redriven" | "dropped";

export type ChangeOutcome = { readonly kind: ChangeKind } | { readonly kind: "failed"; readonly reason: string };

export interface DeletionDeps {
  readonly queue: DeadLetterQueue;
  readonly reader: Pick<QueueReader, "markDeleted">;
  readonly sleep: Sleep;
  readonly onOutcome: (deadLetter: DeadLetter, outcome: ChangeOutcome) => void;
}

/** Deletes at most ten dead letters, and reports the outcome of each. */
export async function deleteDeadLetters(
  deadLetters: readonly DeadLetter[],
  kind: ChangeKind,
  { queue, reader, sleep, onOutcome }: DeletionDeps,
): Promise<void> {
  const failures = await retryEntries(deadLetters, (entries) => queue.remove(entries), sleep);
  for (const deadLetter of deadLetters) {
    const reason = failures.get(deadLetter);
    if (reason === undefined) {
      reader.markDeleted(deadLetter);
      onOutcome(deadLetter, { kind });
    } else onOutcome(deadLetter, { kind: "failed", reason: `${NOT_DELETED[kind]}: ${reason}` });
  }
}

const NOT_DELETED: Readonly<Record<ChangeKind, string>> = {
  redriven: "redriven, but not deleted, so it will be redriven again",
  dropped: "not deleted",
};
