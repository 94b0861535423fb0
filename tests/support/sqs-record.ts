import type { SQSEvent, SQSRecord } from "aws-lambda";

const QUEUE_ARN = "arn:aws:sqs:eu-west-3:123456789012:domain-events";

/** An `SQSRecord` as Lambda passes it to a function. */
export const sqsRecord = (messageId: string, body: string): SQSRecord => ({
  messageId,
  receiptHandle: `receipt-${messageId}`,
  body,
  attributes: {
    ApproximateReceiveCount: "1",
    SentTimestamp: "1772442000000",
    SenderId: "AIDAIENQZJOLO23YVJ4VO",
    ApproximateFirstReceiveTimestamp: "1772442000001",
  },
  messageAttributes: {},
  md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
  eventSource: "aws:sqs",
  eventSourceARN: QUEUE_ARN,
  awsRegion: "eu-west-3",
});

/** Message id → body, in the order of the batch. */
export const sqsEvent = (bodies: Readonly<Record<string, string>>): SQSEvent => ({
  Records: Object.entries(bodies).map(([messageId, body]) => sqsRecord(messageId, body)),
});

/** An `SQSRecord` of a FIFO queue. */
export const fifoRecord = (messageId: string, body: string, group = "g"): SQSRecord => {
  const record = sqsRecord(messageId, body);
  return {
    ...record,
    attributes: { ...record.attributes, MessageGroupId: group, MessageDeduplicationId: `once-${messageId}` },
    eventSourceARN: `${QUEUE_ARN}.fifo`,
  };
};
