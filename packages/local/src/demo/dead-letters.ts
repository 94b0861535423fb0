import { ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";

const WAIT_SECONDS = 1;
/** Seen, and left there for whoever wants to look at it. */
const VISIBILITY_TIMEOUT_SECONDS = 1;

/** Resolves once the message lies in the dead-letter queue, where it stays; `false` when the signal comes first. */
export async function waitForDeadLetter(
  sqs: SQSClient,
  queueUrl: string,
  messageId: string,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: WAIT_SECONDS,
        VisibilityTimeout: VISIBILITY_TIMEOUT_SECONDS,
      }),
    );
    if (Messages.some(({ MessageId }) => MessageId === messageId)) return true;
  }
  return false;
}
