import { randomUUID } from "node:crypto";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Stack } from "../stack/stack.ts";

/** The demo's message that the relay cannot understand. It must not delay the messages behind it. */
const POISON = "this is not a domain event";

export const poisonBody = (): string => `${POISON} (${randomUUID()})`;

/** Sends a body, on a FIFO queue in this message group. */
export async function sendBody(sqs: SQSClient, { queueUrl }: Stack["queue"], body: string, group: string) {
  const fifo = queueUrl.endsWith(".fifo") ? { MessageGroupId: group } : {};
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, ...fifo }));
}
