import type { DeadLetter, Receipt } from "./dead-letter.ts";
import type { RedrivenCopy } from "./redriven-copy.ts";

/** An entry of a batch that SQS did not process. */
export interface EntryFailure {
  readonly index: number;
  readonly reason: string;
  /** The fault is on SQS's side, so the same entry may succeed later. */
  readonly retryable: boolean;
}

/** The dead-letter queue as the commands use it. A call takes at most ten entries, as in SQS. */
export interface DeadLetterQueue {
  readonly fifo: boolean;
  /** Polls for a second, and hides the messages it returns. */
  receive(): Promise<readonly DeadLetter[]>;
  remove(receipts: readonly Receipt[]): Promise<readonly EntryFailure[]>;
  /** Makes messages visible again at once. */
  release(receipts: readonly Receipt[]): Promise<readonly EntryFailure[]>;
  /** About how many are visible; `undefined` without the permission to ask. */
  count(): Promise<number | undefined>;
}

/** The queue that receives redriven messages. */
export interface MainQueue {
  send(copies: readonly RedrivenCopy[]): Promise<readonly EntryFailure[]>;
}
