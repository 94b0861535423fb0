import type { OutgoingMessage } from "./prepare.ts";
import type { SendFailure } from "./producer-error.ts";

/** A failure of one attempt. */
export interface AttemptFailure extends SendFailure {
  /** True if no other message can pass either: the queue does not exist, or the credentials are wrong. */
  readonly isFatal?: boolean;
}

export type AttemptOutcome =
  | { readonly ok: true; readonly messageId: string }
  | ({ readonly ok: false } & AttemptFailure);

/** Sends one request of one to ten messages. It resolves with an outcome for each, in their order, and never rejects. */
export type QueueTransport = (
  messages: readonly OutgoingMessage[],
  signal: AbortSignal | undefined,
) => Promise<readonly AttemptOutcome[]>;
