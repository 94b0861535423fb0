import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createProducer, type ProducerOptions } from "@realtime-gateway/producer";
import { onTestFinished } from "vitest";
import * as z from "zod/mini";
import { type Queue, startQueue } from "../../packages/local/src/sqs/queue.ts";
import { listenOnFreePort } from "./local-ports.ts";

const Entry = z.looseObject({
  Id: z.string(),
  MessageBody: z.string(),
  MessageGroupId: z.optional(z.string()),
  MessageDeduplicationId: z.optional(z.string()),
});
/** One message of a `SendMessageBatch` request. */
export type BatchEntry = z.infer<typeof Entry>;

const Batch = z.looseObject({ QueueUrl: z.string(), Entries: z.array(Entry) });

const Answer = z.looseObject({
  Successful: z.optional(z.array(z.looseObject({ Id: z.string() }))),
  Failed: z.optional(z.array(z.looseObject({ Id: z.string() }))),
});
export type BatchAnswer = z.infer<typeof Answer>;

/** The answer to one request: SQS's own, an error, or a reset connection. */
export type BatchReply = BatchAnswer | { readonly status: number; readonly type: string } | "reset";

/** Answers a request, and may pass all or some of its entries on to SQS. */
export type OnBatch = (
  entries: readonly BatchEntry[],
  forward: (entries?: readonly BatchEntry[]) => Promise<BatchAnswer>,
  call: number,
) => Promise<BatchReply> | BatchReply;

/** An entry that SQS did not take. */
export const failedEntry = ({ Id }: BatchEntry, Code: string, SenderFault = false) => ({
  Id,
  Code,
  SenderFault,
  Message: `${Code} of the test`,
});

export interface ProducerQueueOptions {
  readonly fifo?: boolean;
  readonly onBatch?: OnBatch;
  readonly producer?: Partial<ProducerOptions>;
}

/** A real queue, a proxy in front of it, and a producer that sends through both. All end with the test. */
export async function openProducerQueue({ fifo = false, onBatch, producer }: ProducerQueueOptions = {}) {
  const queue = await startQueue({ port: 0, fifo });
  onTestFinished(() => queue.stop());
  const requests: (readonly BatchEntry[])[] = [];
  const endpoint = await proxyBatches(queue, requests, onBatch ?? ((_entries, forward) => forward()));
  const client = createClient(endpoint, queue);
  const realtime = createProducer({ queueUrl: queue.queueUrl, source: "/test", client, ...producer });
  return { queue, client, realtime, requests, receiveAll: () => receiveAll(queue) };
}

export function createClient(
  endpoint: string,
  { region, credentials }: Pick<Queue, "region" | "credentials">,
): SQSClient {
  const client = new SQSClient({ endpoint, region, credentials: { ...credentials }, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
}

async function proxyBatches(queue: Queue, requests: (readonly BatchEntry[])[], onBatch: OnBatch): Promise<string> {
  const server = createServer(async (request, response) => {
    const batch = Batch.parse(await json(request));
    requests.push(batch.Entries);
    const forward = async (Entries: readonly BatchEntry[] = batch.Entries): Promise<BatchAnswer> => {
      if (Entries.length === 0) return {};
      const headers = { "x-amz-target": "AmazonSQS.SendMessageBatch", "content-type": "application/x-amz-json-1.0" };
      const body = JSON.stringify({ ...batch, Entries });
      return Answer.parse(await (await fetch(queue.endpoint, { method: "POST", headers, body })).json());
    };
    const reply = await onBatch(batch.Entries, forward, requests.length);
    if (reply === "reset") return request.socket.destroy();
    const isError = "status" in reply && typeof reply.status === "number";
    response.writeHead(isError ? Number(reply.status) : 200, { "content-type": "application/x-amz-json-1.0" });
    return response.end(JSON.stringify(isError ? { __type: reply.type, message: "of the test" } : reply));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${await listenOnFreePort(server)}`;
}

const MessageBody = z.looseObject({ id: z.string(), type: z.string(), data: z.looseObject({}) });

/** An event in the queue. */
export interface QueuedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly message: Message;
}

/** Takes all messages out of the queue, in the order in which the queue returns them. */
export async function receiveAll(queue: Queue): Promise<readonly QueuedEvent[]> {
  const client = new SQSClient({
    endpoint: queue.endpoint,
    region: queue.region,
    credentials: { ...queue.credentials },
  });
  const QueueUrl = queue.queueUrl;
  const all: QueuedEvent[] = [];
  try {
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) return all;
      for (const message of Messages) {
        const { id, type, data } = MessageBody.parse(JSON.parse(message.Body ?? ""));
        all.push({ id, type, data, message });
      }
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  } finally {
    client.destroy();
  }
}
