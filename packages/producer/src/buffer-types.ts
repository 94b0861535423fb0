import type { NameOf } from "./catalog-events.ts";
import type { SendFailure } from "./producer-error.ts";
import type { SendReceipt } from "./sent.ts";

/** An event that a newer one of its entity replaced before it was sent. */
export interface SupersededEvent {
  readonly id: string;
  readonly event: string;
  /** The id of the newer event. */
  readonly by: string;
}

/** What became of the events that one flush took. Each event is in exactly one list. */
export interface FlushResult {
  readonly sent: readonly SendReceipt[];
  readonly failed: readonly (SendFailure & { readonly id: string; readonly event: string })[];
  readonly superseded: readonly SupersededEvent[];
}

export interface BufferOptions {
  /** `add` blocks while so many events are not sent. Default: 1000. */
  readonly maxEvents?: number;
  /** The longest time from `add` to the request. Default: 50 ms. */
  readonly maxWaitMs?: number;
  /**
   * Gets the result of every flush. Without it, the failures of background flushes are warnings. An error that it throws stops no
   * flush, and is thrown in a task of its own.
   */
  readonly onResult?: (result: FlushResult) => void;
}

export interface EventBuffer<Events> extends AsyncDisposable {
  /**
   * Validates an event and takes it. Blocks while the buffer is full. Throws a `ProducerError` for an invalid event, and after
   * `close`.
   */
  add<Name extends NameOf<Events>>(name: Name, data: Events[Name]): Promise<void>;
  /** Sends all events that the buffer has, and resolves when SQS has answered for all of them. */
  flush(): Promise<FlushResult>;
  /** Sends all events, also those that wait for room, and takes no more. */
  close(): Promise<FlushResult>;
}
