import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerQuery, type JsonAnswer } from "../../../../../packages/local/src/sqs/query/query.ts";

/** The characters that XML or a form treats in a special way, among others. */
const anyText = fc.string({ unit: fc.constantFrom(..."&<>\"'\r\n\t;#xD%+= aé€\u{1F642}") });

/** The ampersand last: its entity begins all others. */
const ENTITIES = new Map([
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#xD;", "\r"],
  ["&amp;", "&"],
]);

const answer = (form: string, json: JsonAnswer, queueUrl?: string) => {
  const calls: unknown[] = [];
  const perform = async (action: string, input: object): Promise<JsonAnswer> => {
    calls.push({ action, ...input });
    return json;
  };
  return answerQuery(new URLSearchParams(form), queueUrl, { perform, requestId: "r-1" }).then((result) => ({
    ...result,
    calls,
  }));
};

const ok = (body: object): JsonAnswer => ({ status: 200, body });
const failure = (name: string, status = 400): JsonAnswer => ({
  status,
  body: { __type: `com.amazonaws.sqs#${name}`, message: "m" },
});

describe("an answer of the query protocol", () => {
  it("has the result and the request id", async () => {
    const { status, xml } = await answer("Action=SendMessage", ok({ MessageId: "m-1", MD5OfMessageBody: "5d" }));
    expect(status).toBe(200);
    expect(xml).toBe(
      '<?xml version="1.0"?><SendMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">' +
        "<SendMessageResult><MessageId>m-1</MessageId><MD5OfMessageBody>5d</MD5OfMessageBody></SendMessageResult>" +
        "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></SendMessageResponse>",
    );
  });

  it("has an element for each item of a list and each entry of a map", async () => {
    const { xml } = await answer(
      "Action=ReceiveMessage",
      ok({
        Messages: [
          {
            Body: "b",
            Attributes: { SentTimestamp: "1" },
            MessageAttributes: { n: { DataType: "String", StringValue: "v" } },
          },
          { Body: "c" },
        ],
      }),
    );
    expect(xml).toContain(
      "<ReceiveMessageResult><Message><Body>b</Body>" +
        "<Attribute><Name>SentTimestamp</Name><Value>1</Value></Attribute>" +
        "<MessageAttribute><Name>n</Name><Value><DataType>String</DataType><StringValue>v</StringValue></Value></MessageAttribute>" +
        "</Message><Message><Body>c</Body></Message></ReceiveMessageResult>",
    );
  });

  it("names the entries of a batch after its action", async () => {
    const { xml } = await answer(
      "Action=DeleteMessageBatch",
      ok({ Successful: [{ Id: "a" }], Failed: [{ Id: "b", SenderFault: true }] }),
    );
    expect(xml).toContain(
      "<DeleteMessageBatchResultEntry><Id>a</Id></DeleteMessageBatchResultEntry>" +
        "<BatchResultErrorEntry><Id>b</Id><SenderFault>true</SenderFault></BatchResultErrorEntry>",
    );
  });

  it("has no result for an action that has none", async () => {
    const { xml } = await answer("Action=DeleteMessage", ok({}));
    expect(xml).not.toContain("Result");
  });

  it("carries any text so that a parser reads the same text", async () => {
    const read = (xml: string): string =>
      [...ENTITIES].reduce((text, [entity, character]) => text.replaceAll(entity, character), xml);
    await fc.assert(
      fc.asyncProperty(anyText, async (Body) => {
        const { xml } = await answer("Action=ReceiveMessage", ok({ Messages: [{ Body }] }));
        const text = /<Body>([^<]*)<\/Body>/.exec(xml)?.[1] ?? "";
        expect(text).not.toContain("\r");
        expect(read(text)).toBe(Body);
      }),
    );
  });
});

describe("the queue of a request", () => {
  it("is the one of the path if the form names none", async () => {
    const { calls } = await answer("Action=PurgeQueue", ok({}), "http://h/0/q");
    expect(calls).toEqual([{ action: "PurgeQueue", Action: "PurgeQueue", QueueUrl: "http://h/0/q" }]);
  });

  it("is the one that the form names", async () => {
    const { calls } = await answer("Action=PurgeQueue&QueueUrl=http://h/0/other", ok({}), "http://h/0/q");
    expect(calls).toMatchObject([{ QueueUrl: "http://h/0/other" }]);
  });
});

describe("a rejection", () => {
  it.each([
    ["Action=Publish&Message=hello", "InvalidAction"],
    ["MessageBody=hello", "MissingAction"],
    ['{"type":"notification"}', "MissingAction"],
    ["Action=SendMessage&DelaySeconds=x", "InvalidParameterValue"],
  ])("calls no action: %s", async (form, code) => {
    const { status, xml, calls } = await answer(form, ok({}));
    expect({ status, calls }).toEqual({ status: 400, calls: [] });
    expect(xml).toContain(`<Error><Type>Sender</Type><Code>${code}</Code>`);
  });

  it.each([
    ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
    ["QueueNameExists", "QueueAlreadyExists"],
    ["EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest"],
    ["InvalidMessageContents", "InvalidMessageContents"],
  ])("has the code of the query protocol: %s", async (name, code) => {
    const { status, xml } = await answer("Action=SendMessage", failure(name));
    expect(status).toBe(400);
    expect(xml).toContain(`<Code>${code}</Code><Message>m</Message>`);
  });

  it("blames the receiver for a failure of the emulator", async () => {
    const { status, xml } = await answer("Action=SendMessage", { status: 500, body: { statusCode: 500 } });
    expect(status).toBe(500);
    expect(xml).toContain("<Type>Receiver</Type><Code>InternalError</Code>");
  });

  it("survives any action's name", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (name) => {
        const { status, calls } = await answer(String(new URLSearchParams({ Action: `x${name}` })), ok({}));
        expect({ status, calls }).toEqual({ status: 400, calls: [] });
      }),
    );
  });
});
