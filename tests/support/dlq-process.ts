import { fileURLToPath } from "node:url";
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { QueueOptions } from "../../packages/local/src/sqs/queue.ts";
import { startCli } from "./cli-process.ts";
import { reason } from "./dead-letters.ts";
import { openQueue } from "./local-queue.ts";

const CLI = fileURLToPath(new URL("../../packages/operations/src/cli/dlq.ts", import.meta.url));

/** `npm run dlq` as a process of its own. */
export const startDlq = (flags: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startCli(CLI, flags, env);

/** A queue, its dead-letter queue, and the command on them. */
export async function openDeadLetters(options: Partial<QueueOptions> = {}) {
  const opened = await openQueue(options);
  const { queue, sqs } = opened;
  const env = { REALTIME_DLQ_URL: queue.deadLetterQueueUrl, DOMAIN_EVENTS_QUEUE_URL: queue.queueUrl };
  return {
    ...opened,
    /** Sends a message to the dead-letter queue as the relay does. Resolves with its id. */
    async addDeadLetter(MessageBody: string, changes: Partial<SendMessageCommandInput> = {}): Promise<string> {
      const QueueUrl = queue.deadLetterQueueUrl;
      const { MessageAttributes = reason(), ...rest } = changes;
      const { MessageId = "" } = await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes, ...rest }),
      );
      return MessageId;
    },
    start: (...flags: readonly string[]) => startDlq(flags, env),
    dlq: (...flags: readonly string[]) => startDlq(flags, env).result,
    /** The number of visible messages, and of hidden ones. */
    async count(queueUrl: string) {
      const attributes = await opened.attributes(queueUrl);
      return {
        visible: Number(attributes.ApproximateNumberOfMessages),
        hidden: Number(attributes.ApproximateNumberOfMessagesNotVisible),
      };
    },
    drain: (queueUrl: string): Promise<Message[]> => drainQueue(sqs, queueUrl),
  };
}

/** Receives and deletes every message of a queue, in order. */
export async function drainQueue(sqs: SQSClient, queueUrl: string): Promise<Message[]> {
  const drained: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) return drained;
    drained.push(...Messages);
    for (const { ReceiptHandle } of Messages)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
}

export const bodiesOf = (messages: readonly Message[]): readonly (string | undefined)[] =>
  messages.map(({ Body }) => Body);
