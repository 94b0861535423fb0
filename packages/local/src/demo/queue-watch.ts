import { GetQueueAttributesCommand, type Message, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { REASON_ATTRIBUTE, readDeadLetter } from "@realtime-gateway/dead-letter";

const WAIT_SECONDS = 1;
/** The demo only looks at the message. Developers find it in the queue afterwards. */
const VISIBILITY_TIMEOUT_SECONDS = 1;

/**
 * Resolves with the code of the message with this body once it is in the dead-letter queue, and leaves it there. Resolves with
 * `undefined` if the signal comes first. A message that SQS itself moved has no code: the result is `redriven`.
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
        MessageAttributeNames: [REASON_ATTRIBUTE],
      }),
    );
    const letter = Messages.find(({ Body }) => Body === body);
    if (letter) return codeOf(letter) ?? "redriven";
  }
  return undefined;
}

const codeOf = ({ MessageAttributes = {} }: Message): string | undefined =>
  readDeadLetter(MessageAttributes, { movedBySqs: false }).reason?.code;

/** The queue holds nothing, neither visible nor in flight. */
export async function isEmpty(sqs: SQSClient, queueUrl: string): Promise<boolean> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes).every((count) => count === "0");
}
