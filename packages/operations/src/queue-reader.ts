import { batchesBySize } from "./batches.ts";
import type { DeadLetter, Receipt } from "./dead-letter.ts";
import type { DeadLetterQueue } from "./queues.ts";

/** SQS hides a message for this long if the process is killed. Every other end of a command releases it at once. */
export const HOLD_SECONDS = 3_600;
/** The reader must stop and release its messages before the first one becomes visible again. */
const MAX_HOLD_MS = (HOLD_SECONDS - 300) * 1_000;
/** SQS returns nothing above this: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_IN_FLIGHT = 120_000;
/** Receives in a row that bring only messages seen before, or newer than the command. */
const MAX_FRUITLESS_RECEIVES = 10;
const RELEASES_AT_ONCE = 8;

export interface QueueReaderDeps {
  readonly queue: DeadLetterQueue;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface QueueReader {
  /** Every message of the queue once, until the queue is empty or the signal aborts. */
  batches(): AsyncGenerator<readonly DeadLetter[], void>;
  /** The message is deleted, so `release` must leave it out. */
  markDeleted(receipt: Receipt): void;
  /** Makes all other messages visible again. Resolves with the number that it could not release. */
  release(): Promise<number>;
  /** The reason why the queue may hold messages that were not read. */
  unreadReason(): string | undefined;
}

/**
 * Reads a queue that hides each message on reading. Messages newer than the command are skipped: a redriven message that
 * fails again would otherwise be redriven for ever. SQS's clock dates the messages. A local clock that is wrong by
 * minutes skips or includes the messages of those minutes.
 */
export function createQueueReader({ queue, now, signal }: QueueReaderDeps): QueueReader {
  const startedAtMs = now();
  const seen = new Set<string>();
  const held = new Map<string, Receipt & { readonly heldAtMs: number }>();
  let unreadReason: string | undefined;

  const hold = ({ id, receiptHandle }: DeadLetter): void => {
    held.delete(id);
    held.set(id, { id, receiptHandle, heldAtMs: now() });
  };
  // A map keeps the order of insertion, so its first entry is the oldest.
  const isHoldEnding = (): boolean => now() - (held.values().next().value?.heldAtMs ?? now()) > MAX_HOLD_MS;

  async function* batches(): AsyncGenerator<readonly DeadLetter[], void> {
    for (let fruitless = 0; !signal.aborted && fruitless < MAX_FRUITLESS_RECEIVES; ) {
      if (isHoldEnding()) {
        unreadReason = "the first messages were about to become visible again";
        return;
      }
      const received = await queue.receive();
      if (received.length === 0) {
        if (held.size >= MAX_IN_FLIGHT) unreadReason = `SQS returns at most ${MAX_IN_FLIGHT} messages at a time`;
        return;
      }
      received.forEach(hold);
      const fresh = received.filter(({ id, sentAtMs }) => !seen.has(id) && sentAtMs <= startedAtMs);
      for (const { id } of received) seen.add(id);
      fruitless = fresh.length === 0 ? fruitless + 1 : 0;
      if (fresh.length > 0) yield fresh;
    }
  }

  async function release(): Promise<number> {
    const receipts = batchesBySize([...held.values()]);
    let hidden = 0;
    for (let start = 0; start < receipts.length; start += RELEASES_AT_ONCE) {
      const released = receipts.slice(start, start + RELEASES_AT_ONCE).map(async (batch) => {
        const failures = await queue.release(batch).catch(() => batch);
        hidden += failures.length;
      });
      await Promise.all(released);
    }
    held.clear();
    return hidden;
  }

  return { batches, markDeleted: ({ id }) => void held.delete(id), release, unreadReason: () => unreadReason };
}
