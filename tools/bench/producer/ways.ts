import { randomUUID } from "node:crypto";
import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { Producer as SqsProducer } from "sqs-producer";

/** The events of one run, as name and payload. */
export type BenchEvents = readonly (readonly [name: "audit.progress", data: ReturnType<typeof benchPayload>])[];

export interface WayOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly concurrency: number;
  /** The packed producer's module. */
  readonly producerUrl: string;
}

/** Sends all events, and resolves with the number that SQS took. */
export type Way = (events: BenchEvents, options: WayOptions) => Promise<number>;

const MAX_MESSAGES = 10;
const MAX_BYTES = 1_048_576;

export const benchPayload = (index: number) => ({
  audit_id: `audit-1787121-${index % 1000}-1765755984607`,
  fiche_id: String(1_787_121 + (index % 1000)),
  completed_steps: index % 5,
  total_steps: 5,
  failed_steps: 0,
  current_phase: "analysis",
});

/** What a service without a producer writes: one CloudEvent as text. */
const bodyOf = ([type, data]: BenchEvents[number]): string =>
  JSON.stringify({
    specversion: "1.0",
    id: randomUUID(),
    source: "/audits",
    type,
    time: new Date().toISOString(),
    datacontenttype: "application/json",
    data,
  });

/** Ten messages and 1 MiB in each request, and as many requests at a time as the producer has. No checks, no retries. */
export const handPacked: Way = async (events, { client, queueUrl: QueueUrl, concurrency }) => {
  let next = 0;
  let taken = 0;
  const sendAll = async (): Promise<void> => {
    while (next < events.length) {
      const Entries: { Id: string; MessageBody: string; MessageGroupId: string }[] = [];
      for (let bytes = 0; Entries.length < MAX_MESSAGES; next += 1) {
        const event = events[next];
        if (event === undefined) break;
        const MessageBody = bodyOf(event);
        bytes += Buffer.byteLength(MessageBody);
        if (bytes > MAX_BYTES) break;
        Entries.push({ Id: String(Entries.length), MessageBody, MessageGroupId: event[1].audit_id });
      }
      const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      taken += Successful.length;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sendAll));
  return taken;
};

export const oneAfterAnother: Way = async (events, { client, queueUrl: QueueUrl }) => {
  for (const event of events)
    await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: bodyOf(event), MessageGroupId: event[1].audit_id }),
    );
  return events.length;
};

export const withSqsProducer: Way = async (events, { client, queueUrl }) => {
  const producer = SqsProducer.create({ queueUrl, sqs: client });
  const results = await producer.send(
    events.map((event) => ({ id: randomUUID(), body: bodyOf(event), groupId: event[1].audit_id })),
  );
  return results.length;
};

export const withOurs: Way = async (events, { client, queueUrl, concurrency, producerUrl }) => {
  const { createProducer }: typeof import("@realtime-gateway/producer") = await import(producerUrl);
  const realtime = createProducer({ queueUrl, source: "/audits", client, concurrency });
  const { sent } = await realtime.sendMany(events);
  return sent.length;
};

export const WAYS = { handPacked, oneAfterAnother, withSqsProducer, withOurs };
export type WayName = keyof typeof WAYS;
