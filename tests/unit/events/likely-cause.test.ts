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
  ])("of %j names %s", (body, expected) => {
    expect(detail(body)).toContain(expected);
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
