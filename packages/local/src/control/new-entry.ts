import type { ReadConfig } from "@realtime-gateway/functions/relay/read";
import { newStory } from "@realtime-gateway/operations/explain";
import type { PublishedEvent } from "@realtime-gateway/pusher-server";
import { utf8Bytes } from "@realtime-gateway/routing";
import type { SQSRecord } from "aws-lambda";
import type { JournalEntry } from "./journal-entry.ts";
import { readMessage } from "./message-reading.ts";

/** A message that the relay gets for the first time. */
export function queuedEntry(record: SQSRecord, config: ReadConfig): JournalEntry {
  const { messageId, body, attributes, messageAttributes } = record;
  return {
    key: messageId,
    from: "queue",
    body,
    attributes: Object.fromEntries(
      Object.entries(messageAttributes ?? {}).map(([name, { stringValue, binaryValue }]) => [
        name,
        stringValue ?? binaryValue ?? "",
      ]),
    ),
    acceptedAtMs: Number(attributes.SentTimestamp),
    reading: readMessage(record, config),
    ...unknownYet(messageId),
  };
}

/** An event that a function published without the queue. */
export const unqueuedEntry = ({ event, data }: PublishedEvent, key: string, atMs: number): JournalEntry => ({
  key,
  from: "http",
  body: data,
  attributes: {},
  acceptedAtMs: atMs,
  reading: { form: "no envelope", name: event, routes: [], mismatches: [], published: data, bytes: utf8Bytes(data) },
  ...unknownYet(key),
});

const unknownYet = (key: string) => ({
  publications: [],
  seq: 0,
  story: newStory(key),
  receives: 0,
  isInRelay: false,
  invocationError: undefined,
});
