import { setTimeout as delay } from "node:timers/promises";
import { GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";

const WAIT_SECONDS = 1;
/** Seen, and left there for whoever wants to look at it. */
const VISIBILITY_TIMEOUT_SECONDS = 1;

/**
 * Resolves with the code of the letter with this body once it lies in the dead-letter queue, where it stays; with `undefined` when the
 * signal comes first. What the queue's own redrive brought has no code: it gets `redriven`.
 */
export async function waitForDeadLetter(
  sqs: SQSClient,
  queueUrl: string,
  body: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  while (!signal.aborted) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: WAIT_SECONDS,
        VisibilityTimeout: VISIBILITY_TIMEOUT_SECONDS,
        MessageAttributeNames: ["code"],
      }),
    );
    const letter = Messages.find(({ Body }) => Body === body);
    if (letter) return letter.MessageAttributes?.code?.StringValue ?? "redriven";
  }
  return undefined;
}

const DRAIN_CHECK_MS = 100;

/** Resolves once the queue holds nothing, neither waiting nor being worked on. */
export async function drained(sqs: SQSClient, queueUrl: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    if (Object.values(Attributes).every((count) => count === "0")) return;
    await delay(DRAIN_CHECK_MS, undefined, { signal });
  }
}
