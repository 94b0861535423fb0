import { messageBytes } from "@realtime-gateway/dead-letter";
import { batchesBySize, roundsByGroup } from "./batches.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { type DeletionDeps, deleteDeadLetters } from "./deletion.ts";
import type { MainQueue } from "./queues.ts";
import { copyOf } from "./redriven-copy.ts";
import { retryEntries } from "./retry-entries.ts";
import type { DeadLetterAction } from "./selected.ts";

export interface RedriveDeps extends DeletionDeps {
  readonly main: MainQueue;
  readonly signal: AbortSignal;
}

/**
 * Copies messages to the main queue, and deletes each dead letter once SQS has accepted its copy. On a FIFO queue, a
 * failed message blocks the later ones of its group. The signal ends it between two calls, so nothing is half done.
 */
export function createRedrive(deps: RedriveDeps): DeadLetterAction {
  const { queue, signal, sleep, onOutcome } = deps;
  const blocked = new Set<string | undefined>();

  async function redriveBatch(batch: readonly DeadLetter[]): Promise<void> {
    const failures = await retryEntries(batch, (left) => copyThenDelete(left, deps), sleep);
    for (const [deadLetter, reason] of failures) {
      if (queue.fifo) blocked.add(deadLetter.groupId);
      onOutcome(deadLetter, { kind: "failed", reason: `the main queue did not accept it: ${reason}` });
    }
  }

  return async (deadLetters) => {
    for (const round of roundsByGroup(deadLetters, queue.fifo)) {
      const open = round.filter(({ groupId }) => !blocked.has(groupId));
      for (const batch of batchesBySize(open, messageBytes)) {
        if (signal.aborted) return;
        await redriveBatch(batch);
      }
      for (const deadLetter of round) {
        if (!open.includes(deadLetter)) onOutcome(deadLetter, { kind: "failed", reason: BLOCKED });
      }
    }
  };
}

const BLOCKED = "an earlier message of its group failed";

async function copyThenDelete(deadLetters: readonly DeadLetter[], { main, ...deletion }: RedriveDeps) {
  const failures = await main.send(deadLetters.map((each) => copyOf(each, deletion.queue.fifo)));
  const failed = new Set(failures.map(({ index }) => index));
  const accepted = deadLetters.filter((_, index) => !failed.has(index));
  if (accepted.length > 0) await deleteCopied(accepted, deletion);
  return failures;
}

async function deleteCopied(deadLetters: readonly DeadLetter[], deletion: DeletionDeps): Promise<void> {
  try {
    await deleteDeadLetters(deadLetters, "redriven", deletion);
  } catch (error) {
    // A redrive that continued without deleting would copy everything twice.
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${deadLetters.length} dead letters were accepted by the main queue but not deleted, and will be redriven again: ${reason}`;
    throw new Error(message, { cause: error });
  }
}
