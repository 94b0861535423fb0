import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { SQSMessageAttribute, SQSMessageAttributes, SQSRecord } from "aws-lambda";

/** A received message in the shape in which Lambda passes it to a function. */
export function sqsRecord(message: Message, queueArn: string): SQSRecord {
  const { Attributes: attributes = {}, MD5OfMessageAttributes: md5OfMessageAttributes } = message;
  return {
    messageId: present(message.MessageId, "MessageId"),
    receiptHandle: present(message.ReceiptHandle, "ReceiptHandle"),
    body: present(message.Body, "Body"),
    attributes: {
      ...attributes,
      ApproximateReceiveCount: present(attributes.ApproximateReceiveCount, "ApproximateReceiveCount"),
      SentTimestamp: present(attributes.SentTimestamp, "SentTimestamp"),
      SenderId: present(attributes.SenderId, "SenderId"),
      ApproximateFirstReceiveTimestamp: present(attributes.ApproximateFirstReceiveTimestamp, "first receive"),
    },
    messageAttributes: sqsMessageAttributes(message.MessageAttributes ?? {}),
    md5OfBody: present(message.MD5OfBody, "MD5OfBody"),
    ...(md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes }),
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: regionOf(queueArn),
  };
}

function sqsMessageAttributes(attributes: Readonly<Record<string, MessageAttributeValue>>): SQSMessageAttributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, sqsMessageAttribute(value)]));
}

/** Lambda sends both list fields, always empty: SQS reserves them for the future. */
function sqsMessageAttribute(value: MessageAttributeValue): SQSMessageAttribute {
  return {
    ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
    ...(value.BinaryValue === undefined ? {} : { binaryValue: Buffer.from(value.BinaryValue).toString("base64") }),
    stringListValues: [],
    binaryListValues: [],
    dataType: present(value.DataType, "DataType"),
  };
}

/** SQS returns every field that the poller requests. An emulator that omits one must fail loudly. */
function present(value: string | undefined, name: string): string {
  if (value === undefined) throw new Error(`SQS returned a message without its ${name}.`);
  return value;
}

/** `arn:aws:sqs:<region>:<account>:<name>` */
function regionOf(queueArn: string): string {
  return queueArn.split(":")[3] ?? "";
}
