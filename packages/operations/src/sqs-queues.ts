import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { MAX_BATCH_ENTRIES } from "./batches.ts";
import { parseDeadLetter, type Receipt } from "./dead-letter.ts";
import type { DeadLetterQueue, MainQueue, Refusal } from "./queues.ts";
import { HOLD_SECONDS } from "./reading.ts";
import type { RedrivenCopy } from "./redriven-copy.ts";

/** Above 0 SQS asks all of its servers, and an empty answer means an empty queue; more only makes the end slower. */
const WAIT_SECONDS = 1;

/** AWS's own suffix: a queue that has it is FIFO, and no other can. */
export const isFifo = (queueUrl: string): boolean => queueUrl.endsWith(".fifo");

export function createDeadLetterQueue(sqs: SQSClient, queueUrl: string): DeadLetterQueue {
  const QueueUrl = queueUrl;
  return {
    fifo: isFifo(queueUrl),
    async receive() {
      // Never aborted on the way: SQS would have hidden messages that nobody knows to release.
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: MAX_BATCH_ENTRIES,
          WaitTimeSeconds: WAIT_SECONDS,
          VisibilityTimeout: HOLD_SECONDS,
          MessageSystemAttributeNames: ["SentTimestamp", "MessageGroupId"],
          MessageAttributeNames: ["All"],
        }),
      );
      return Messages.map(parseDeadLetter);
    },
    async remove(receipts) {
      const Entries = receipts.map(receiptEntry);
      return refusalsOf(receipts.length, await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries })));
    },
    async release(receipts) {
      const Entries = receipts.map((receipt, index) => ({ ...receiptEntry(receipt, index), VisibilityTimeout: 0 }));
      return refusalsOf(
        receipts.length,
        await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })),
      );
    },
    async count() {
      const AttributeNames = ["ApproximateNumberOfMessages" as const];
      // A number to look at is no reason to need one more permission.
      const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames })).catch(() => undefined);
      const count = answer?.Attributes?.ApproximateNumberOfMessages;
      return count === undefined ? undefined : Number(count);
    },
  };
}

export const createMainQueue = (sqs: SQSClient, queueUrl: string): MainQueue => ({
  async send(copies) {
    const Entries = copies.map(sendEntry);
    return refusalsOf(copies.length, await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries })));
  },
});

function receiptEntry({ receiptHandle }: Receipt, index: number) {
  return { Id: String(index), ReceiptHandle: receiptHandle };
}

function sendEntry(copy: RedrivenCopy, index: number): SendMessageBatchRequestEntry {
  const { body, attributes, groupId, deduplicationId } = copy;
  return {
    Id: String(index),
    MessageBody: body,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: { ...attributes } }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
  };
}

interface BatchAnswer {
  readonly Successful?: readonly { readonly Id?: string | undefined }[] | undefined;
  readonly Failed?: readonly BatchResultErrorEntry[] | undefined;
}

/** What SQS does not name as successful is refused: a dead letter is deleted on its word alone. */
function refusalsOf(count: number, { Successful = [], Failed = [] }: BatchAnswer): readonly Refusal[] {
  const taken = new Set(Successful.map(({ Id }) => Id));
  const refusals: Refusal[] = [];
  for (let index = 0; index < count; index += 1) {
    if (taken.has(String(index))) continue;
    const failed = Failed.find(({ Id }) => Id === String(index));
    const reason = [failed?.Code, failed?.Message].filter(Boolean).join(": ") || "SQS did not say why";
    refusals.push({ index, reason, passing: failed?.SenderFault === false });
  }
  return refusals;
}
