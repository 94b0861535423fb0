import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { REASON_ATTRIBUTE, readDeadLetter } from "@realtime-gateway/dead-letter";
import type { Stack } from "@realtime-gateway/local";
import { createSqsClient } from "../../packages/local/src/sqs/client.ts";
import type { Labelled } from "./fault-messages.ts";

/** SendMessageBatch accepts at most ten messages. */
const MAX_SEND = 10;

/** The two queues of a stack, for a sender and for an operator. */
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
    if (Successful.length < messages.length) throw new Error("SQS did not accept every message");
    return Successful.map(({ MessageId = "", Id = "" }) => [MessageId, Id] as const);
  }

  async function receiveDeadLetters(): Promise<readonly (readonly [body: string, code: string])[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: [REASON_ATTRIBUTE],
      }),
    );
    return Messages.map(({ Body = "", MessageAttributes = {} }) => [
      Body,
      readDeadLetter(MessageAttributes, { movedBySqs: false }).reason?.code ?? "redriven",
    ]);
  }

  return {
    /** Resolves with the label of each message, by its message id. */
    async send(messages: readonly Labelled[]): Promise<ReadonlyMap<string, string>> {
      const sent = new Map<string, string>();
      for (let at = 0; at < messages.length; at += MAX_SEND)
        for (const [id, label] of await sendSome(messages.slice(at, at + MAX_SEND))) sent.set(id, label);
      return sent;
    },
    /** The number of messages in the main queue, visible or in flight. */
    async count(): Promise<number> {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl,
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      );
      return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
    },
    /** The body and the code of each dead letter. It hides them, so a second call returns none. */
    async deadLetters(): Promise<readonly (readonly [body: string, code: string])[]> {
      const deadLetters: (readonly [body: string, code: string])[] = [];
      for (let some = await receiveDeadLetters(); some.length > 0; some = await receiveDeadLetters())
        deadLetters.push(...some);
      return deadLetters;
    },
    close: () => sqs.destroy(),
  };
}
