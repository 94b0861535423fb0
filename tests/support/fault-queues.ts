import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { Stack } from "@realtime-gateway/local";
import { createSqsClient } from "../../packages/local/src/sqs/sqs-client.ts";
import type { Labelled } from "./fault-messages.ts";

/** SendMessageBatch takes ten messages at most. */
const MAX_SEND = 10;

/** The two queues of a stack, as a test sees them: from the sender's end, and from an operator's. */
export function openQueues({ queue }: Stack) {
  const { queueUrl, deadLetterQueueUrl } = queue;
  const sqs = createSqsClient(queue);
  const fifo = queueUrl.endsWith(".fifo");

  async function sendSome(messages: readonly Labelled[]): Promise<readonly (readonly [id: string, label: string])[]> {
    const Entries = messages.map(({ label, body, group }) => ({
      Id: label,
      MessageBody: body,
      ...(fifo && { MessageGroupId: group }),
    }));
    const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Successful.length < messages.length) throw new Error("SQS has not taken every message");
    return Successful.map(({ MessageId = "", Id = "" }) => [MessageId, Id] as const);
  }

  async function lettersOf(): Promise<readonly (readonly [body: string, code: string])[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["code"],
      }),
    );
    return Messages.map(({ Body = "", MessageAttributes }) => [
      Body,
      MessageAttributes?.code?.StringValue ?? "redriven",
    ]);
  }

  return {
    /** Resolves with the label of each message by the id that SQS has given it. */
    async send(messages: readonly Labelled[]): Promise<ReadonlyMap<string, string>> {
      const sent = new Map<string, string>();
      for (let at = 0; at < messages.length; at += MAX_SEND)
        for (const [id, label] of await sendSome(messages.slice(at, at + MAX_SEND))) sent.set(id, label);
      return sent;
    },
    /** How many messages the main queue holds: waiting, and in flight. */
    async count(): Promise<number> {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl,
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      );
      return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
    },
    /** What lies in the dead-letter queue: the code of each body. Hides what it has read, so that it can be asked but once. */
    async deadLetters(): Promise<readonly (readonly [body: string, code: string])[]> {
      const letters: (readonly [body: string, code: string])[] = [];
      for (let some = await lettersOf(); some.length > 0; some = await lettersOf()) letters.push(...some);
      return letters;
    },
    close: () => sqs.destroy(),
  };
}
