import type { Message } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { sqsRecord } from "../../../../packages/local/src/event-source/event.ts";

const QUEUE_ARN = "arn:aws:sqs:eu-west-3:000000000000:domain-events";

const MESSAGE: Message = {
  MessageId: "m-1",
  ReceiptHandle: "r-1",
  Body: '{"a":1}',
  MD5OfBody: "md5",
  Attributes: {
    ApproximateReceiveCount: "2",
    SentTimestamp: "10",
    SenderId: "000000000000",
    ApproximateFirstReceiveTimestamp: "11",
  },
};

describe("sqsRecord", () => {
  it("has the fields that Lambda sends for a plain message", () => {
    expect(sqsRecord(MESSAGE, QUEUE_ARN)).toEqual({
      messageId: "m-1",
      receiptHandle: "r-1",
      body: '{"a":1}',
      attributes: {
        ApproximateReceiveCount: "2",
        SentTimestamp: "10",
        SenderId: "000000000000",
        ApproximateFirstReceiveTimestamp: "11",
      },
      messageAttributes: {},
      md5OfBody: "md5",
      eventSource: "aws:sqs",
      eventSourceARN: QUEUE_ARN,
      awsRegion: "eu-west-3",
    });
  });

  it("has the attributes of FIFO queues", () => {
    const fifo = { MessageGroupId: "g", MessageDeduplicationId: "d", SequenceNumber: "1" };
    const message = { ...MESSAGE, Attributes: { ...MESSAGE.Attributes, ...fifo } };
    expect(sqsRecord(message, QUEUE_ARN).attributes).toMatchObject(fifo);
  });

  it("writes message attributes in Lambda's lower camel case, binary ones as base64", () => {
    const message: Message = {
      ...MESSAGE,
      MD5OfMessageAttributes: "md5-attributes",
      MessageAttributes: {
        code: { DataType: "String", StringValue: "invalid_json" },
        bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 255) },
      },
    };
    expect(sqsRecord(message, QUEUE_ARN)).toMatchObject({
      md5OfMessageAttributes: "md5-attributes",
      messageAttributes: {
        code: { stringValue: "invalid_json", stringListValues: [], binaryListValues: [], dataType: "String" },
        bytes: { binaryValue: "AP8=", stringListValues: [], binaryListValues: [], dataType: "Binary" },
      },
    });
  });

  it("throws if SQS omitted a field", () => {
    expect(() => sqsRecord({ ...MESSAGE, Attributes: {} }, QUEUE_ARN)).toThrow("ApproximateReceiveCount");
  });
});
