import type { DeadLetter, Receipt } from "./dead-letter.ts";
import type { RedrivenCopy } from "./redriven-copy.ts";

/** One entry of a batch that SQS did not take. */
export interface Refusal {
  readonly index: number;
  readonly reason: string;
  /** SQS's own fault, not the entry's: it may be tried again. */
  readonly passing: boolean;
}

/** What is needed of the dead-letter queue. At most ten entries per call, as SQS has it. */
export interface DeadLetterQueue {
  readonly fifo: boolean;
  /** Waits a moment for messages, and hides those it hands out. */
  receive(): Promise<readonly DeadLetter[]>;
  remove(receipts: readonly Receipt[]): Promise<readonly Refusal[]>;
  /** Makes messages visible again at once. */
  release(receipts: readonly Receipt[]): Promise<readonly Refusal[]>;
  /** About how many are visible; `undefined` when that may not be asked. */
  count(): Promise<number | undefined>;
}

/** What is needed of the queue that messages are redriven to. */
export interface MainQueue {
  send(copies: readonly RedrivenCopy[]): Promise<readonly Refusal[]>;
}
