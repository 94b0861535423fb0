import type { BrowserSize } from "./browser-view.ts";
import type { SendFailure } from "./producer-error.ts";

/** An event that is in the queue. */
export interface SendReceipt {
  /** The id of the event. */
  readonly id: string;
  /** The id that SQS gave to the message. */
  readonly messageId: string;
  /** The size of the message, with its attributes. */
  readonly bytes: number;
  /** The payload that browsers get. */
  readonly browser: BrowserSize;
}

export interface SentOfMany extends SendReceipt {
  /** The place of the event in the list. */
  readonly index: number;
}

export interface FailedOfMany extends SendFailure {
  readonly index: number;
  /** `undefined` only if the event itself has no id. */
  readonly id: string | undefined;
}

/** Each event is in exactly one of the two lists. */
export interface SentMany {
  readonly sent: readonly SentOfMany[];
  readonly failed: readonly FailedOfMany[];
}
