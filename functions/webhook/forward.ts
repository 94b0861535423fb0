import { createHash } from "node:crypto";
import type { WebhookEvent } from "./webhook.ts";

/** A webhook event on its way to the queue. */
export interface QueueMessage {
  readonly body: string;
  /** On a FIFO queue. */
  readonly fifo?: { readonly groupId: string; readonly deduplicationId: string };
}

/** Resolves once the queue has accepted every message of this batch; rejects when it has not. */
export type SendMessages = (batch: readonly QueueMessage[]) => Promise<void>;

/** Sends a webhook's events on; rejects unless the queue has them all. */
export type Forward = (events: readonly WebhookEvent[], webhookBody: Uint8Array) => Promise<void>;

export const createForward = (queueUrl: string, sendMessages: SendMessages): Forward => {
  const fifo = queueUrl.endsWith(".fifo");
  return async (events, webhookBody) => {
    for (const batch of batchesOf(messagesOf(events, webhookBody, fifo))) await sendMessages(batch);
  };
};

/** SendMessageBatch takes ten messages of 1 MiB together (SQS quotas). */
const MAX_MESSAGES = 10;
const MAX_BATCH_BYTES = 1_048_576;

/** Of what JSON leaves as it is, SQS takes everything but these (SendMessage API reference). */
const NOT_IN_SQS = /[\uFFFE\uFFFF]/g;

/**
 * One message per event. A FIFO queue keeps the order of each channel, and takes an event once although Pusher sends its webhook
 * again: the same bytes give the same deduplication ids.
 */
export function messagesOf(events: readonly WebhookEvent[], webhookBody: Uint8Array, fifo: boolean): QueueMessage[] {
  const webhookId = sha256(webhookBody);
  return events.map(({ name, channel, json }, index) => ({
    body: json.replace(NOT_IN_SQS, (character) => `\\u${character.charCodeAt(0).toString(16)}`),
    ...(fifo && { fifo: { groupId: groupIdOf(channel ?? name), deduplicationId: `${webhookId}-${index}` } }),
  }));
}

/** A group's id is 1 to 128 characters of this kind; a channel's name may be longer. */
const GROUP_ID = /^[\x21-\x7e]{1,128}$/;
const groupIdOf = (subject: string): string => (GROUP_ID.test(subject) ? subject : sha256(subject));

const sha256 = (input: string | Uint8Array): string => createHash("sha256").update(input).digest("hex");

/** Batches that SQS takes, in order. A message too large for any goes alone, for the queue to refuse. */
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
