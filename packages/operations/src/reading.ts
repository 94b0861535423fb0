import { batchesBySize } from "./batches.ts";
import type { DeadLetter, Receipt } from "./dead-letter.ts";
import type { DeadLetterQueue } from "./queues.ts";

/** How long a message read stays hidden if this process is killed; all of a run's other ends release it at once. */
export const HOLD_SECONDS = 3_600;
/** Before the first message read comes back, a run has to end and to release the others. */
const MAX_HOLD_MS = (HOLD_SECONDS - 300) * 1_000;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html: above, nothing comes. */
const MAX_IN_FLIGHT = 120_000;
/** In a row, each with nothing but messages seen before or newer than the run. */
const MAX_FRUITLESS_RECEIVES = 10;
const RELEASES_AT_ONCE = 8;

export interface ReadingDeps {
  readonly queue: DeadLetterQueue;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface Reading {
  /** Every message of the queue once, until nothing is left or the signal comes. */
  batches(): AsyncGenerator<readonly DeadLetter[], void>;
  /** The message is deleted: there is nothing to release. */
  gone(letter: Receipt): void;
  /** Makes all that is not gone visible again; resolves with how many stay hidden until their time runs out. */
  release(): Promise<number>;
  /** Why messages may be left that were not read. */
  unread(): string | undefined;
}

/**
 * Reads a queue whose messages cannot be looked at without being hidden. Messages newer than the run are left alone: a
 * redriven message that fails again would otherwise be redriven for ever. It is SQS that says when a message was sent, so
 * a clock that is wrong by minutes leaves as many minutes' worth of messages to the next run, or takes them too.
 */
export function createReading({ queue, now, signal }: ReadingDeps): Reading {
  const startedAtMs = now();
  const seen = new Set<string>();
  const held = new Map<string, Receipt & { readonly heldAtMs: number }>();
  let unread: string | undefined;

  const hold = ({ id, receiptHandle }: DeadLetter): void => {
    held.delete(id);
    held.set(id, { id, receiptHandle, heldAtMs: now() });
  };
  // A map keeps the order of insertion: the first is the oldest.
  const lapses = (): boolean => now() - (held.values().next().value?.heldAtMs ?? now()) > MAX_HOLD_MS;

  async function* batches(): AsyncGenerator<readonly DeadLetter[], void> {
    for (let fruitless = 0; !signal.aborted && fruitless < MAX_FRUITLESS_RECEIVES; ) {
      if (lapses()) {
        unread = "the first messages read were about to come back";
        return;
      }
      const letters = await queue.receive();
      if (letters.length === 0) {
        if (held.size >= MAX_IN_FLIGHT) unread = `SQS hands out ${MAX_IN_FLIGHT} messages at a time`;
        return;
      }
      letters.forEach(hold);
      const fresh = letters.filter(({ id, sentAtMs }) => !seen.has(id) && sentAtMs <= startedAtMs);
      for (const { id } of letters) seen.add(id);
      fruitless = fresh.length === 0 ? fruitless + 1 : 0;
      if (fresh.length > 0) yield fresh;
    }
  }

  async function release(): Promise<number> {
    const batches = batchesBySize([...held.values()]);
    let hidden = 0;
    for (let start = 0; start < batches.length; start += RELEASES_AT_ONCE) {
      const released = batches.slice(start, start + RELEASES_AT_ONCE).map(async (batch) => {
        const refusals = await queue.release(batch).catch(() => batch);
        hidden += refusals.length;
      });
      await Promise.all(released);
    }
    held.clear();
    return hidden;
  }

  return { batches, gone: ({ id }) => void held.delete(id), release, unread: () => unread };
}
