import { CreateQueueCommand, type MessageAttributeValue, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonLines } from "../support/cli-process.ts";
import { string } from "../support/dead-letters.ts";
import { drainQueue, startDlq } from "../support/dlq-process.ts";
import { cloudEvent, startGateway, type TestGateway } from "../support/stack.ts";

type Attributes = Readonly<Record<string, MessageAttributeValue>>;

/** Names of the relay's former attributes with values that it could have written, of tracing, and of other types. */
const ATTRIBUTES: readonly (readonly [string, MessageAttributeValue])[] = [
  ["code", string("E-42")],
  ["failed_at", string("2026-01-02T03:04:05.000Z")],
  ["receive_count", { DataType: "Number", StringValue: "7" }],
  ["event", string("the producer's own")],
  ["detail", string("é \u{1F642}")],
  ["traceparent", string("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")],
  ["tracestate", string("vendor=opaque")],
  ["price", { DataType: "Number.float", StringValue: "1.50" }],
  ["signature", { DataType: "Binary.ed25519", BinaryValue: new Uint8Array([0, 128, 255]) }],
  ["message_id", string("m-1")],
];

const attributesOf = (count: number): Attributes => Object.fromEntries(ATTRIBUTES.slice(ATTRIBUTES.length - count));
/** No id, so the relay rejects it. White space, digits and escapes must survive. */
const rejectedBody = (n: number): string =>
  ` {"type":"audit.progress", "data": {"n": ${n}, "score": 1.0, "text": "\\u00e9é"}}\n`;

let gateway: TestGateway;
let sqs: SQSClient;
beforeAll(async () => {
  gateway = await startGateway();
  const { endpoint, region, credentials } = gateway.queue;
  sqs = new SQSClient({ endpoint, region, credentials: { ...credentials } });
});
afterAll(async () => {
  sqs.destroy();
  await gateway.stop();
});

/** `npm run dlq` on the gateway's dead-letter queue. Resolves with its JSON lines. */
async function dlq(...flags: readonly string[]): Promise<readonly unknown[]> {
  const env = { REALTIME_DLQ_URL: gateway.queue.deadLetterQueueUrl };
  const { exitCode, stdout, stderr } = await startDlq([...flags, "--json"], env).result;
  expect([exitCode, stderr]).toEqual([0, ""]);
  return jsonLines(stdout);
}

async function reject(body: string, attributes: Attributes = {}): Promise<void> {
  expect(await gateway.settled(await gateway.send(body, attributes))).toBe("acknowledged");
}

/** Redrives every dead letter to a queue that no relay reads. Resolves with its messages. */
async function redriven(QueueName: string) {
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName }));
  await dlq("redrive", "--yes", "--force", "--to", QueueUrl);
  return await drainQueue(sqs, QueueUrl);
}

/** The same, by what their producers wrote, and ordered by body. */
async function redriveToNewQueue(QueueName: string) {
  const messages = await redriven(QueueName);
  return messages
    .map(({ Body = "", MessageAttributes = {} }) => ({ body: Body, attributes: MessageAttributes }))
    .toSorted((a, b) => a.body.localeCompare(b.body));
}

describe("messages that the relay rejects, with any number of their own attributes", () => {
  const counts = Array.from({ length: 11 }, (_, count) => count);

  it("are listed with code and event, and redriven with exactly their own attributes", async () => {
    const sent = counts.map((count) => ({ body: rejectedBody(10 + count), attributes: attributesOf(count) }));
    for (const { body, attributes } of sent) await reject(body, attributes);

    const [totals, ...letters] = (await dlq("list")).toReversed();
    expect(totals).toMatchObject({ matched: 11, by_code: { invalid_event: 10, "-": 1 } });
    expect(letters.filter((letter) => Object(letter).code === "invalid_event")).toEqual(
      Array.from({ length: 10 }, () => expect.objectContaining({ event: "audit.progress" })),
    );
    expect((await dlq("list", "--code", "invalid_event", "--event", "audit.progress")).at(-1)).toMatchObject({
      matched: 10,
    });
    // SQS takes ten attributes at most, so the message with ten of its own has no reason.
    expect((await dlq("list", "--code=-")).at(-1)).toMatchObject({ matched: 1 });
    expect((await dlq("list", "--code", "E-42")).at(-1)).toMatchObject({ matched: 0 });

    expect(await redriveToNewQueue("any-number")).toEqual(sent);
  });
});

describe("a rejected message that SQS has little room beside", () => {
  const MAX_MESSAGE_BYTES = 1_048_576;
  /** A message of exactly this size, attributes included. */
  function sized(bytes: number): { readonly body: string; readonly attributes: Attributes } {
    const attributes = { tenant: string("t-1") };
    const attributeBytes = Buffer.byteLength("tenant" + "String" + "t-1");
    const room = bytes - attributeBytes - Buffer.byteLength(cloudEvent("audit.progress", { note: "" }));
    return { body: cloudEvent("audit.progress", { note: "x".repeat(room) }), attributes };
  }

  it.each([
    ["100 bytes", 100, { by_code: { invalid_event: 1 } }],
    ["no byte", 0, { by_code: { "-": 1 } }],
  ])("is dead-lettered and redriven whole where 1 MiB has %s left", async (_what, left, totals) => {
    const message = sized(MAX_MESSAGE_BYTES - left);
    await reject(message.body, message.attributes);
    expect((await dlq("list")).at(-1)).toMatchObject({ matched: 1, ...totals });
    expect(await redriveToNewQueue(`left-${left}`)).toEqual([message]);
  });
});

it("a rejected message of a fair queue keeps its group, also when it is redriven", async () => {
  const group = { MessageBody: rejectedBody(1), MessageGroupId: "fiche-7" };
  const { MessageId = "" } = await sqs.send(new SendMessageCommand({ QueueUrl: gateway.queue.queueUrl, ...group }));
  expect(await gateway.settled(MessageId)).toBe("acknowledged");
  expect(await redriven("fair")).toMatchObject([
    { Body: group.MessageBody, Attributes: { MessageGroupId: group.MessageGroupId } },
  ]);
});

it("a binary-mode CloudEvent is dead-lettered with its attributes, and the list names the cause", async () => {
  const body = '{"audit_id":"42"}';
  const attributes = { ce_type: string("audit.progress"), ce_specversion: string("1.0"), ce_id: string("e-1") };
  await reject(body, attributes);
  const [letter] = await dlq("list");
  expect(letter).toMatchObject({
    code: "unknown_envelope",
    event: "-",
    detail: expect.stringContaining("CloudEvent in binary mode"),
  });
  expect(await redriveToNewQueue("binary-mode")).toEqual([{ body, attributes }]);
});

it("the list names the likely cause of each body that is no event", async () => {
  const causes = {
    '{"type":"audit.progress","data":{"score":NaN}}': "NaN or Infinity at position 41",
    [JSON.stringify(cloudEvent("audit.progress", { audit_id: "42" }))]: "encoded twice",
    [`[${cloudEvent("audit.progress", { audit_id: "42" })}]`]: "a batch of CloudEvents",
    '["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"b","s3Key":"k"}]': "a pointer to S3",
    '{"Service":"Amazon S3","Event":"s3:TestEvent"}': "the test event of an S3 notification",
    '{"default":"{}"}': "SNS's structure for several protocols",
  };
  for (const body of Object.keys(causes)) await reject(body);
  const details = (await dlq("list")).slice(0, -1).map((letter) => String(Object(letter).detail));
  for (const cause of Object.values(causes)) expect(details).toContainEqual(expect.stringContaining(cause));
  expect(await redriveToNewQueue("causes")).toHaveLength(Object.keys(causes).length);
});
