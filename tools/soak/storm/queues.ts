import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SoakRecorder } from "../recorder.ts";

const DRAIN_CHECK_MS = 200;

/** Resolves with true once the queue has no messages, visible or in flight, and with false if the signal comes first. */
export async function drained(sqs: SQSClient, queueUrl: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if ((await countOf(sqs, queueUrl)) === 0) return true;
    await delay(DRAIN_CHECK_MS);
  }
  return false;
}

async function countOf(sqs: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** Empties the dead-letter queue into the recorder. */
export async function takeDeadLetters(sqs: SQSClient, queueUrl: string, recorder: SoakRecorder): Promise<void> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] }),
    );
    if (Messages.length === 0) return;
    for (const { Body = "", MessageAttributes = {} } of Messages) recorder.deadLettered(Body, MessageAttributes);
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`${Failed.length} dead letters could not be deleted`);
  }
}
