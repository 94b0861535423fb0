import { createHash } from "node:crypto";
import { definitionOf, eventNames } from "@realtime-gateway/events";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { legacyEnvelope } from "../../support/envelopes.ts";

/** Lambda's default for an SQS source, and ours. */
const BATCH_SIZE = 10;

/**
 * The catalog's samples in turn, in the SQS events that Lambda would make of them. In legacy envelopes: CloudEvents have ids, and
 * from the second round on the relay would rightly take them for duplicates.
 */
export function mixedTraffic(events: number): readonly SQSEvent[] {
  const bodies = eventNames.map((name) => legacyEnvelope(JSON.stringify(definitionOf(name)?.sample), name));
  const records = Array.from({ length: events }, (_, index) => record(bodies[index % bodies.length] ?? "", index));
  return Array.from({ length: Math.ceil(events / BATCH_SIZE) }, (_, batch) => ({
    Records: records.slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE),
  }));
}

const record = (body: string, index: number): SQSRecord => ({
  messageId: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  receiptHandle: `receipt-${index}`,
  body,
  attributes: {
    ApproximateReceiveCount: "1",
    SentTimestamp: "1772442000000",
    SenderId: "AIDAEXAMPLE",
    ApproximateFirstReceiveTimestamp: "1772442000010",
  },
  messageAttributes: {},
  md5OfBody: createHash("md5").update(body).digest("hex"),
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:eu-west-3:000000000000:domain-events",
  awsRegion: "eu-west-3",
});
