import { createHash } from "node:crypto";
import type { ReceivedEvent } from "./webhook.ts";

/** The message for one webhook event. */
export interface QueueMessage {
  readonly body: string;
  /** Only for a FIFO queue. */
  readonly fifo?: { readonly groupId: string; readonly deduplicationId: string };
}

/** Sends one batch. Rejects unless the queue accepted every message. */
export type SendMessages = (batch: readonly QueueMessage[]) => Promise<void>;

/** Sends the events of a webhook to the queue. Rejects unless the queue accepted them all. */
export type Forward = (events: readonly ReceivedEvent[], webhookBody: Uint8Array) => Promise<void>;

export const createForward = (queueUrl: string, sendMessages: SendMessages): Forward => {
  const fifo = queueUrl.endsWith(".fifo");
  return async (events, webhookBody) => {
    for (const batch of batchesOf(messagesOf(events, webhookBody, fifo))) await sendMessages(batch);
  };
};

/** SQS quotas: `SendMessageBatch` accepts ten messages, of 1 MiB together. */
const MAX_MESSAGES = 10;
const MAX_BATCH_BYTES = 1_048_576;

/** SQS rejects these two characters, which JSON does not escape (SendMessage API reference). */
const NOT_IN_SQS = /[\uFFFE\uFFFF]/g;

/**
 * Makes one message per event. A FIFO queue keeps the order of each channel. It also drops the duplicates of a webhook that Pusher
 * sends again, because the same bytes give the same deduplication ids.
 */
export function messagesOf(events: readonly ReceivedEvent[], webhookBody: Uint8Array, fifo: boolean): QueueMessage[] {
  const webhookId = sha256(webhookBody);
  return events.map(({ name, channel, json }, index) => ({
    body: json.replace(NOT_IN_SQS, (character) => `\\u${character.charCodeAt(0).toString(16)}`),
    ...(fifo && { fifo: { groupId: groupIdOf(channel ?? name), deduplicationId: `${webhookId}-${index}` } }),
  }));
}

/** SQS: a group id has 1 to 128 of these characters. The name of a channel may be longer. */
const GROUP_ID = /^[\x21-\x7e]{1,128}$/;
const groupIdOf = (subject: string): string => (GROUP_ID.test(subject) ? subject : sha256(subject));

const sha256 = (input: string | Uint8Array): string => createHash("sha256").update(input).digest("hex");

/** Splits into batches that SQS accepts, in order. A message that is too large gets its own batch, which SQS then rejects. */
export function batchesOf(messages: readonly QueueMessage[]): readonly (readonly QueueMessage[])[] {
  const batches: QueueMessage[][] = [];
  let room = 0;
  for (const message of messages) {
    const bytes = Buffer.byteLength(message.body);
    const last = batches.at(-1);
    if (last && last.length < MAX_MESSAGES && bytes <= room) last.push(message);
    else {
      batches.push([message]);
      room = MAX_BATCH_BYTES;
    }
    room -= bytes;
  }
  return batches;
}
