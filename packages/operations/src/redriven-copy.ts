import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { DeadLetter } from "./dead-letter.ts";

/** A message to send to the main queue. */
export interface RedrivenCopy {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** X-Ray's header of the original message. */
  readonly traceHeader?: string;
}

/**
 * The message as it was before it failed. On a FIFO queue it needs a new deduplication id. SQS would drop the copy within five
 * minutes of the original. An id made of the dead letter's id is new to the queue. It also prevents a second copy of the same
 * dead letter, if a redrive ends between the copy and the deletion.
 */
export function copyOf(deadLetter: DeadLetter, fifo: boolean): RedrivenCopy {
  const { body, attributes, groupId, id, traceHeader } = deadLetter;
  return {
    body,
    attributes,
    // On a standard queue, a group is the tenant of a fair queue. The copy has it too.
    ...(groupId !== undefined && { groupId }),
    ...(traceHeader !== undefined && { traceHeader }),
    ...(fifo && { deduplicationId: `redrive-${id}` }),
  };
}
