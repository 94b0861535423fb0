import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { startRunner } from "../../support/local-bundle.ts";
import { openQueue, pollQueue } from "../../support/local-queue.ts";

/** Fails every message. */
async function failAll({ Records }: SQSEvent) {
  return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

describe("the poller on a real queue", () => {
  it("passes a message in Lambda's format", async () => {
    const { queue, send } = await openQueue();
    const { MessageId } = await send({
      MessageBody: '{"é":1}',
      MessageAttributes: { bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 255) } },
    });
    const [batch] = await pollQueue(queue, { invoke: async () => null }).batches(1);
    expect(batch?.records).toEqual([
      {
        messageId: MessageId,
        receiptHandle: expect.any(String),
        body: '{"é":1}',
        attributes: {
          ApproximateReceiveCount: "1",
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          bytes: { binaryValue: "AP8=", stringListValues: [], binaryListValues: [], dataType: "Binary" },
        },
        md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:domain-events",
        awsRegion: "us-east-1",
      },
    ]);
  });

  it("deletes the messages that the function processed", async () => {
    const { queue, send, attributes } = await openQueue();
    await send({ MessageBody: "handled" });
    await pollQueue(queue, { invoke: async () => null }).batches(1);
    expect(await attributes(queue.queueUrl)).toMatchObject({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
    });
  });

  it("leaves failed messages hidden until their visibility timeout", async () => {
    const { queue, send, attributes } = await openQueue();
    await send({ MessageBody: "failed" });
    await pollQueue(queue, { invoke: failAll }).batches(1);
    expect(await attributes(queue.queueUrl)).toMatchObject({ ApproximateNumberOfMessagesNotVisible: "1" });
  });

  it("passes a failed message again, and counts its receives", async () => {
    const { queue, send } = await openQueue({ visibilityTimeoutSeconds: 1 });
    await send({ MessageBody: "failed" });
    const batches = await pollQueue(queue, { invoke: failAll }).batches(2);
    const counts = batches.flatMap(({ records }) => records.map((record) => record.attributes.ApproximateReceiveCount));
    expect(counts).toEqual(["1", "2"]);
  });

  it("stops after the last receive, when SQS dead-letters the message", async () => {
    const { queue, send, receive } = await openQueue({ visibilityTimeoutSeconds: 1, maxReceiveCount: 1 });
    await send({ MessageBody: "poison" });
    pollQueue(queue, { invoke: failAll });
    expect(await receive(queue.deadLetterQueueUrl)).toMatchObject([{ Body: "poison" }]);
  });

  it("invokes a function in a process of its own", async () => {
    const source = `export const handler = async ({ Records }) =>
      ({ batchItemFailures: [{ itemIdentifier: Records[0].messageId }] });`;
    const runner = await startRunner(source);
    const { queue, send } = await openQueue();
    const { MessageId = "" } = await send({ MessageBody: "failed" });
    const [batch] = await pollQueue(queue, { invoke: runner.invoke }).batches(1);
    expect(batch?.failed).toEqual(new Set([MessageId]));
  });

  it("keeps the order of a group on a FIFO queue", async () => {
    const { queue, send } = await openQueue({ fifo: true });
    const bodies = ["1", "2", "3", "4"];
    for (const MessageBody of bodies) await send({ MessageBody, MessageGroupId: "g" });
    const batches = await pollQueue(queue, { invoke: async () => null, batchSize: 2 }).batches(2);
    expect(batches.map(({ records }) => records.map(({ body }) => body))).toEqual([
      bodies.slice(0, 2),
      bodies.slice(2),
    ]);
  });

  it("passes the group, deduplication id and sequence number of a FIFO message", async () => {
    const { queue, send } = await openQueue({ fifo: true });
    await send({ MessageBody: "1", MessageGroupId: "g", MessageDeduplicationId: "d" });
    const [batch] = await pollQueue(queue, { invoke: async () => null }).batches(1);
    expect(batch?.records[0]?.attributes).toMatchObject({
      MessageGroupId: "g",
      MessageDeduplicationId: "d",
      SequenceNumber: expect.stringMatching(/^\d+$/),
    });
  });

  it("gathers messages over several polls while a window is open", async () => {
    const { queue, send } = await openQueue();
    const messages = Array.from({ length: 12 }, (_, index) => send({ MessageBody: String(index) }));
    await Promise.all(messages);
    const [batch] = await pollQueue(queue, {
      invoke: async () => null,
      batchSize: 12,
      batchWindowSeconds: 5,
    }).batches(1);
    expect(batch?.records).toHaveLength(12);
  });

  it("has no poll after the stop that would hide messages", async () => {
    const { queue, send, receive } = await openQueue();
    await pollQueue(queue, { invoke: async () => null }).poller.stop();
    await send({ MessageBody: "later" });
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: "later" }]);
  });

  it("continues when the queue answers again", async () => {
    const { queue } = await openQueue();
    const failed = Promise.withResolvers<unknown>();
    const polling = pollQueue(queue, { invoke: async () => null, onError: failed.resolve });
    await queue.stop();
    await failed.promise;
    const { send } = await openQueue({ port: queue.port });
    await send({ MessageBody: "back" });
    expect(await polling.batches(1)).toMatchObject([{ records: [{ body: "back" }] }]);
  });
});
