import { decodeEnvelope } from "@realtime-gateway/events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonErrorOf } from "../../../packages/events/src/json-error.ts";
import { rejectionOf } from "../../support/unwrap.ts";

const detail = (body: string, attributeNames: readonly string[] = []): string =>
  rejectionOf(decodeEnvelope(body, Object.fromEntries(attributeNames.map((name) => [name, {}])))).detail;

describe("the detail of a body that is not JSON", () => {
  it.each([
    ['{"a":1,}', "position 7"],
    ['{"a":1', "it ends at position 6"],
    ['{"a":NaN}', "NaN or Infinity at position 5"],
    ['{"a":-Infinity}', "NaN or Infinity at position 6"],
    ["{'a':1}", "a single quote at position 1"],
    ["eyJhIjoxfQ==", "position 0"],
    ["at position 0612345", "an error at position 0"],
    ["{} in JSON at position 0612345", "position 3"],
    ["", "it is empty"],
    ['{"a":}', "an error at position 5"],
    ['{"score":,"audit_id":"1"}', "an error at position 9"],
    ["[1,]", "an error at position 3"],
    ["[1,,2]", "an error at position 3"],
    ["}", "an error at position 0"],
    ['{"a":nul}', "an error at position 8"],
    ['{"a":"\\u00e9","b":]}', "an error at position 18"],
    ["{} {}", "more text after its value, at position 3"],
    ['{"a":1}}', "more text after its value, at position 7"],
    ['{"a":1}\n{"a":2}', "more text after its value, at position 8"],
    ['{"a":"text', "it ends at position 10"],
    ["{", "it ends at position 1"],
  ])("of %j names %s", (body, expected) => {
    expect(detail(body)).toContain(expected);
  });

  it("names the first character that no rest can mend", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom("}", "]", ",", ":", "@", "x"), (json, cut, wrong) => {
        const text = `${json.slice(0, cut % json.length)}${wrong}`;
        const at = Number(/position (\d+)/.exec(jsonErrorOf(text))?.[1] ?? text.length);
        // All before the error is the beginning of some JSON: cut there, it only lacks its end.
        expect([text.slice(0, at), jsonErrorOf(text.slice(0, at))]).toEqual([
          expect.anything(),
          expect.stringMatching(/it is empty|^it ends|^more text/),
        ]);
      }),
    );
  });

  it("never quotes the text, whatever is broken", () => {
    const secret = "s3cr3t";
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        const broken = `${json.slice(0, at % (json.length + 1))}${secret}`;
        expect(jsonErrorOf(broken)).not.toContain(secret);
      }),
    );
  });
});

describe("the detail of a payload in a text", () => {
  const inText = (data: unknown): string => JSON.stringify({ type: "audit.progress", data });

  it.each([
    ['{"audit_id":"1","score":NaN}', "data is a text that is not JSON: NaN or Infinity at position 24"],
    ['{"audit_id":"1",}', "data is a text that is not JSON: an error at position 16"],
    [JSON.stringify('{"audit_id":"1"}'), "data is encoded twice"],
    ["[1]", "data is not a JSON object"],
  ])("names the cause: %j", (data, expected) => {
    expect(detail(inText(data))).toContain(expected);
  });

  it("names the cause in EventBridge's detail, too", () => {
    const event = { "detail-type": "audit.progress", detail: '{"audit_id":' };
    expect(detail(JSON.stringify(event))).toBe(
      "detail is a text that is not JSON: it ends at position 12, before its value is complete",
    );
  });
});

describe("the detail of JSON that is no envelope", () => {
  it.each([
    ['["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"b","s3Key":"k"}]', "pointer to S3"],
    ['["com.amazon.sqs.javamessaging.MessageS3Pointer",{"s3BucketName":"b","s3Key":"k"}]', "pointer to S3"],
    ['{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}', "test event of an S3"],
    ['{"Records":[{"eventSource":"aws:s3","s3":{}}]}', "notification of S3"],
    ['{"Records":[{"eventSource":"aws:kinesis"}]}', "batch of another AWS service"],
    [JSON.stringify('{"type":"audit.progress","data":{}}'), "encoded twice"],
    ['"text"', "JSON string"],
    ['{"default":"{}"}', "MessageStructure"],
    ['[{"specversion":"1.0","type":"audit.progress","data":{}}]', "batch of CloudEvents"],
    ["[1]", "array"],
    ['{"Type":"SubscriptionConfirmation","Token":"t"}', "confirmation of SNS"],
    ['{"name":"audit.progress","data":{},"ts":1}', "Inngest"],
    ['{"pattern":"audit.progress","data":{}}', "NestJS"],
    ['{"audit_id":"42"}', "neither CloudEvents"],
  ])("of %s names the likely cause: %s", (body, expected) => {
    expect(detail(body)).toContain(expected);
  });

  it.each(["ce-type", "ce_type", "cloudEvents:type"])("names binary mode for the message attribute %s", (name) => {
    expect(detail('{"audit_id":"42"}', [name])).toContain("binary mode");
  });
});
