import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { DeadLetter } from "./dead-letter.ts";

/** What the main queue is asked to take. */
export interface RedrivenCopy {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

/**
 * The message as it was before it failed. On a FIFO queue it needs a new deduplication id, or SQS would swallow it within
 * five minutes of the original. One made of the dead letter's id is new to the queue, and yet swallows a second copy of the
 * same dead letter, when a redrive was cut off between the copy and the deletion.
 */
export function copyOf(letter: DeadLetter, fifo: boolean): RedrivenCopy {
  const { body, attributes, groupId, id } = letter;
  return {
    body,
    attributes,
    // A group on a standard queue is a fair queue's tenant, and stays too.
    ...(groupId !== undefined && { groupId }),
    ...(fifo && { deduplicationId: `redrive-${id}` }),
  };
}

/** As SQS counts: the body, and the name, type and value of every attribute. */
export function sizeBytes({ body, attributes }: Pick<RedrivenCopy, "body" | "attributes">): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, { DataType = "", StringValue = "", BinaryValue }] of Object.entries(attributes))
    bytes += Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.byteLength ?? 0);
  return bytes;
}
