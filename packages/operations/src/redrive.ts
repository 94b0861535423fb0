import { batchesBySize, roundsByGroup } from "./batches.ts";
import type { DeadLetter } from "./dead-letter.ts";
import type { MainQueue } from "./queues.ts";
import { copyOf, sizeBytes } from "./redriven-copy.ts";
import { type Removal, remove } from "./removal.ts";
import { retryPassing } from "./retry.ts";

export interface RedriveDeps extends Removal {
  readonly main: MainQueue;
  readonly signal: AbortSignal;
}

/**
 * Copies messages to the main queue and deletes each dead letter once its copy is accepted. A message of a FIFO queue that
 * is refused holds back those of its group that follow it. Between two calls a signal ends it, with nothing half done.
 */
export function createRedrive(deps: RedriveDeps): (letters: readonly DeadLetter[]) => Promise<void> {
  const { queue, signal, sleep, onOutcome } = deps;
  const blocked = new Set<string | undefined>();

  async function redriveBatch(batch: readonly DeadLetter[]): Promise<void> {
    const refused = await retryPassing(batch, (left) => copyThenDelete(left, deps), sleep);
    for (const [letter, reason] of refused) {
      if (queue.fifo) blocked.add(letter.groupId);
      onOutcome(letter, { kind: "failed", reason: `the main queue refused it: ${reason}` });
    }
  }

  return async (letters) => {
    for (const round of roundsByGroup(letters, queue.fifo)) {
      const open = round.filter(({ groupId }) => !blocked.has(groupId));
      for (const batch of batchesBySize(open, sizeBytes)) {
        if (signal.aborted) return;
        await redriveBatch(batch);
      }
      for (const letter of round) {
        if (!open.includes(letter)) onOutcome(letter, { kind: "failed", reason: HELD_BACK });
      }
    }
  };
}

const HELD_BACK = "an earlier message of its group was refused";

async function copyThenDelete(letters: readonly DeadLetter[], { main, ...removal }: RedriveDeps) {
  const refusals = await main.send(letters.map((letter) => copyOf(letter, removal.queue.fifo)));
  const refused = new Set(refusals.map(({ index }) => index));
  const accepted = letters.filter((_, index) => !refused.has(index));
  if (accepted.length > 0) await removeCopied(accepted, removal);
  return refusals;
}

async function removeCopied(letters: readonly DeadLetter[], removal: Removal): Promise<void> {
  try {
    await remove(letters, "redriven", removal);
  } catch (error) {
    // To go on would redrive everything twice.
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${letters.length} dead letters were accepted by the main queue but not deleted, and will be redriven again: ${reason}`;
    throw new Error(message, { cause: error });
  }
}
