import { request } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { Queue } from "../../../packages/local/src/sqs/queue.ts";
import { openQueue } from "../../support/local-queue.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const EVENT = '{"type":"notification","data":{"type":"info","message":"a+b & c%41"}}';
const SEND = String(new URLSearchParams({ Action: "SendMessage", MessageBody: EVENT }));

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `fetch` may set neither `Host` nor `Origin`. */
function call({ port }: Queue, path: string, { method = "POST", headers = {}, body = "" }: Sent = {}) {
  return new Promise<{ readonly status: number | undefined; readonly type: string | undefined; readonly text: string }>(
    (resolve, reject) => {
      const outgoing = request({ host: "127.0.0.1", port, path, method, headers: { ...headers } }, (incoming) => {
        const { statusCode: status, headers: answered } = incoming;
        text(incoming).then((body) => resolve({ status, type: answered["content-type"], text: body }), reject);
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    },
  );
}

const waiting = async ({ attributes, queue }: Awaited<ReturnType<typeof openQueue>>): Promise<string | undefined> =>
  (await attributes(queue.queueUrl)).ApproximateNumberOfMessages;

describe("a JSON request larger than the emulator reads", () => {
  it("gets an answer with the limit, and not a closed connection", async () => {
    const { queue } = await openQueue();
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" };
    const body = JSON.stringify({ QueueUrl: queue.queueUrl, MessageBody: "x".repeat(12 * 1024 * 1024) });
    const { status, text } = await call(queue, "/", { headers, body });
    expect({ status, answer: JSON.parse(text) }).toEqual({
      status: 413,
      answer: {
        __type: "com.amazonaws.sqs#RequestEntityTooLarge",
        message: "A request has at most 11534336 bytes, and a message at most 1 MiB.",
      },
    });
  });
});

describe("a form-encoded message", () => {
  it("reaches the queue on its own path", async () => {
    const { queue, receive } = await openQueue();
    const { status, type, text } = await call(queue, new URL(queue.queueUrl).pathname, { headers: FORM, body: SEND });
    expect({ status, type }).toEqual({ status: 200, type: "text/xml" });
    expect(text).toContain("<SendMessageResponse");
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: EVENT }]);
  });

  it("reaches the queue that it names", async () => {
    const { queue, receive } = await openQueue();
    const body = `${SEND}&${new URLSearchParams({ QueueUrl: queue.queueUrl })}`;
    expect(await call(queue, "/", { headers: FORM, body })).toMatchObject({ status: 200 });
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: EVENT }]);
  });

  it("may have its action in the query of the URL", async () => {
    const { queue, receive } = await openQueue();
    const path = `${new URL(queue.queueUrl).pathname}?Action=SendMessage`;
    expect(await call(queue, path, { headers: FORM, body: "MessageBody=hello" })).toMatchObject({ status: 200 });
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: "hello" }]);
  });

  it("is rejected if its queue does not exist", async () => {
    const { queue } = await openQueue();
    const answer = await call(queue, "/000000000000/nothing", { headers: FORM, body: SEND });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>");
  });
});

describe("a request of SQS's JSON protocol", () => {
  it("is answered on the path of a queue too", async () => {
    const { queue, receive } = await openQueue();
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" };
    const body = JSON.stringify({ QueueUrl: queue.queueUrl, MessageBody: "hello" });
    expect(await call(queue, new URL(queue.queueUrl).pathname, { headers, body })).toMatchObject({ status: 200 });
    expect(await receive(queue.queueUrl)).toMatchObject([{ Body: "hello" }]);
  });

  it("finds the queue from any region", async () => {
    const { queue } = await openQueue();
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.GetQueueUrl",
      authorization: "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-3/sqs/aws4_request, Signature=0",
    };
    const { text } = await call(queue, "/", { headers, body: '{"QueueName":"domain-events"}' });
    expect(JSON.parse(text)).toEqual({ QueueUrl: queue.queueUrl });
  });
});

describe("a request that is not for SQS", () => {
  it.each([
    ["JSON that curl sends as a form", "POST", 400, FORM, EVENT],
    ["plain JSON", "POST", 415, { "content-type": "application/json" }, EVENT],
    ["no type", "POST", 415, {}, EVENT],
    ["an event of SNS", "POST", 400, FORM, "Action=Publish&Message=hello&TopicArn=a"],
    ["an object of S3", "PUT", 405, { "content-type": "application/json" }, EVENT],
    ["a form for S3", "POST", 415, { "content-type": "multipart/form-data; boundary=x" }, "--x--"],
    ["a message in a URL", "GET", 405, {}, ""],
    ["a deletion", "DELETE", 405, {}, ""],
  ])("is rejected with the way to send: %s", async (_what, method, status, headers, body) => {
    const opened = await openQueue();
    const { queue } = opened;
    for (const path of ["/", new URL(queue.queueUrl).pathname, "/bucket/key"]) {
      const target = method === "GET" ? `${path}?${SEND}` : path;
      const answer = await call(queue, target, { method, headers, body });
      expect(answer).toMatchObject({ status, type: "text/xml" });
      expect(answer.text).toMatch(/This port speaks SQS|_realtime\/events/);
    }
    expect(await waiting(opened)).toBe("0");
  });

  it("gets a description of the port at the root", async () => {
    const { queue } = await openQueue({ eventsUrl: () => "http://127.0.0.1:1/_realtime/events" });
    const { status, type, text } = await call(queue, "/", { method: "GET" });
    expect({ status, type }).toEqual({ status: 200, type: "text/plain; charset=utf-8" });
    expect(text).toContain(queue.queueUrl);
    expect(text).toContain("AWS_DEFAULT_REGION=us-east-1");
    expect(text).toContain("curl http://127.0.0.1:1/_realtime/events");
  });
});

describe("a web page", () => {
  it.each([
    ["of another site", { origin: "https://evil.example" }],
    ["whose name resolves to this machine", { host: "evil.example", origin: "http://evil.example" }],
    ["in a sandbox", { origin: "null" }],
  ])("%s sends no message", async (_what, headers) => {
    const opened = await openQueue();
    const { queue } = opened;
    const json = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" };
    const asForm = { headers: { ...FORM, ...headers }, body: SEND };
    const asJson = {
      headers: { ...json, ...headers },
      body: JSON.stringify({ QueueUrl: queue.queueUrl, MessageBody: "a" }),
    };
    for (const sent of [asForm, asJson]) {
      const answer = await call(queue, new URL(queue.queueUrl).pathname, sent);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain("<Code>AccessDenied</Code>");
    }
    expect(await waiting(opened)).toBe("0");
  });
});
