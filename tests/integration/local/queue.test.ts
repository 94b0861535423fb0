import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { GetQueueUrlCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished } from "vitest";
import { startQueue } from "../../../packages/local/src/sqs/queue.ts";
import { openQueue } from "../../support/local-queue.ts";

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

describe("the queue's URL", () => {
  it("works with an explicit endpoint", async () => {
    const { queue, send, receive } = await openQueue();
    await send({ MessageBody: "hello" });
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: "hello" }]);
  });

  it("works without an endpoint, in an SDK of another region", async () => {
    const { queue, receive } = await openQueue();
    const sqs = new SQSClient({ region: "eu-west-3", credentials: queue.credentials, logger: SILENT });
    onTestFinished(() => sqs.destroy());
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.queueUrl, MessageBody: "hello" }));
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: "hello" }]);
  });

  it("is the answer of GetQueueUrl", async () => {
    const { queue, sqs } = await openQueue();
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "domain-events" }));
    expect(QueueUrl).toBe(queue.queueUrl);
  });

  it("is in the list of queues", async () => {
    const { queue, sqs } = await openQueue();
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls?.toSorted()).toEqual([queue.queueUrl, queue.deadLetterQueueUrl]);
  });

  it("is on the loopback address for every queue", async () => {
    const { queue, create } = await openQueue();
    expect((await create("another")).QueueUrl).toBe(`${queue.endpoint}/000000000000/another`);
  });

  it("is not replaced in a message", async () => {
    const { queue, send, receive } = await openQueue();
    const MessageBody = "http://sqs.us-east-1.localhost:4566/";
    await send({ MessageBody });
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: MessageBody }]);
  });
});

describe("a message's characters", () => {
  it("may be beyond U+FFFF, as in AWS", async () => {
    const { queue, send, receive } = await openQueue();
    await send({ MessageBody: "\u{1F642}" });
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: "\u{1F642}" }]);
  });

  it.each([
    ["a control character", "\u0001"],
    ["a lone surrogate", "\ud800"],
    ["U+FFFE", "\ufffe"],
  ])("may not be %s", async (_what, MessageBody) => {
    const { send } = await openQueue();
    await expect(send({ MessageBody })).rejects.toThrow("Invalid characters found");
  });
});

describe("a queue", () => {
  it("sends a message to the dead-letter queue after five receives", async () => {
    const { queue, attributes } = await openQueue();
    const { RedrivePolicy = "" } = await attributes(queue.queueUrl);
    expect(JSON.parse(RedrivePolicy)).toEqual({
      deadLetterTargetArn: "arn:aws:sqs:us-east-1:000000000000:domain-events-dlq",
      maxReceiveCount: 5,
    });
  });

  it("has the visibility timeout of its options", async () => {
    const { queue, attributes } = await openQueue({ visibilityTimeoutSeconds: 90 });
    expect(await attributes(queue.queueUrl)).toMatchObject({ VisibilityTimeout: "90" });
  });

  it("can be a FIFO queue, with a dead-letter queue of its kind", async () => {
    const { queue, attributes } = await openQueue({ fifo: true });
    const both = await Promise.all([attributes(queue.queueUrl), attributes(queue.deadLetterQueueUrl)]);
    expect(both).toMatchObject([{ FifoQueue: "true" }, { FifoQueue: "true" }]);
  });

  it("names the port that is in use", async () => {
    const { queue } = await openQueue();
    await expect(startQueue({ port: queue.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("frees its port when it stops", async () => {
    const { queue } = await openQueue();
    await queue.stop();
    const again = await openQueue({ port: queue.port });
    expect(again.queue.endpoint).toBe(queue.endpoint);
  });

  it("can be stopped twice", async () => {
    const { queue } = await openQueue();
    await queue.stop();
    await expect(queue.stop()).resolves.toBeUndefined();
  });
});

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

it.skipIf(outside === undefined)("a queue cannot be reached from another machine", async () => {
  const { queue } = await openQueue();
  const outcome = await new Promise<string>((resolve) => {
    const socket = connect(queue.port, outside);
    socket.on("connect", () => resolve("connected"));
    socket.on("error", ({ message }) => resolve(message));
    onTestFinished(() => {
      socket.destroy();
    });
  });
  expect(outcome).toContain("ECONNREFUSED");
});
