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
import { HOLD_SECONDS } from "./queue-reader.ts";
import type { DeadLetterQueue, EntryFailure, MainQueue } from "./queues.ts";
import type { RedrivenCopy } from "./redriven-copy.ts";

/** With a wait above 0 SQS asks all of its servers, so an empty answer means an empty queue. */
const WAIT_SECONDS = 1;

/** AWS requires this suffix of every FIFO queue, and of no other. */
export const isFifo = (queueUrl: string): boolean => queueUrl.endsWith(".fifo");

export function createDeadLetterQueue(sqs: SQSClient, queueUrl: string): DeadLetterQueue {
  const QueueUrl = queueUrl;
  return {
    fifo: isFifo(queueUrl),
    async receive() {
      // Without an abort signal: SQS would hide the messages of an aborted call, and no receipt would release them.
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: MAX_BATCH_ENTRIES,
          WaitTimeSeconds: WAIT_SECONDS,
          VisibilityTimeout: HOLD_SECONDS,
          MessageSystemAttributeNames: [
            "SentTimestamp",
            "MessageGroupId",
            "DeadLetterQueueSourceArn",
            "AWSTraceHeader",
          ],
          MessageAttributeNames: ["All"],
        }),
      );
      return Messages.map(parseDeadLetter);
    },
    async remove(receipts) {
      const Entries = receipts.map(receiptEntry);
      return failuresOf(receipts.length, await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries })));
    },
    async release(receipts) {
      const Entries = receipts.map((receipt, index) => ({ ...receiptEntry(receipt, index), VisibilityTimeout: 0 }));
      return failuresOf(
        receipts.length,
        await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })),
      );
    },
    async count() {
      const AttributeNames = ["ApproximateNumberOfMessages" as const];
      // The count is only shown, so a missing permission must not stop the command.
      const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames })).catch(() => undefined);
      const count = answer?.Attributes?.ApproximateNumberOfMessages;
      return count === undefined ? undefined : Number(count);
    },
  };
}

export const createMainQueue = (sqs: SQSClient, queueUrl: string): MainQueue => ({
  async send(copies) {
    const Entries = copies.map(sendEntry);
    return failuresOf(copies.length, await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries })));
  },
});

function receiptEntry({ receiptHandle }: Receipt, index: number) {
  return { Id: String(index), ReceiptHandle: receiptHandle };
}

function sendEntry(copy: RedrivenCopy, index: number): SendMessageBatchRequestEntry {
  const { body, attributes, groupId, deduplicationId, traceHeader } = copy;
  return {
    Id: String(index),
    MessageBody: body,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: { ...attributes } }),
    ...(traceHeader !== undefined && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: traceHeader } },
    }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
  };
}

interface BatchAnswer {
  readonly Successful?: readonly { readonly Id?: string | undefined }[] | undefined;
  readonly Failed?: readonly BatchResultErrorEntry[] | undefined;
}

/** An entry failed unless SQS names it as successful, because the dead letter is deleted after that. */
function failuresOf(count: number, { Successful = [], Failed = [] }: BatchAnswer): readonly EntryFailure[] {
  const succeeded = new Set(Successful.map(({ Id }) => Id));
  const failures: EntryFailure[] = [];
  for (let index = 0; index < count; index += 1) {
    if (succeeded.has(String(index))) continue;
    const failed = Failed.find(({ Id }) => Id === String(index));
    const reason = [failed?.Code, failed?.Message].filter(Boolean).join(": ") || "SQS gave no reason";
    failures.push({ index, reason, retryable: failed?.SenderFault === false });
  }
  return failures;
}
