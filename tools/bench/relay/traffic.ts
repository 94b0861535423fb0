import { createHash } from "node:crypto";
import { definitionOf, eventNames } from "@realtime-gateway/events";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { legacyEnvelope } from "../../../tests/support/envelopes.ts";

/** The audits of a platform at a busy time. */
const AUDITS = 40;

/**
 * Events of audits that run at the same time, each for two channels: the audit's and its fiche's. Neighbours in the queue are about
 * different audits. In legacy envelopes: CloudEvents have ids, and from the second round on the relay would rightly take
 * them for duplicates.
 */
export const twoChannelRecords = (events: number): readonly SQSRecord[] =>
  Array.from({ length: events }, (_, index) => {
    const audit = index % AUDITS;
    const name = AUDIT_EVENTS[Math.floor(index / AUDITS) % AUDIT_EVENTS.length] ?? "";
    const ids = { audit_id: `audit-17871${audit}-1-1765755984607`, fiche_id: `17871${audit}` };
    return record(legacyEnvelope(JSON.stringify(Object.assign({}, definitionOf(name)?.sample, ids)), name), index);
  });

const AUDIT_EVENTS = eventNames.filter((name) => name.startsWith("audit."));

/** The samples of the whole catalog in turn. */
export const catalogRecords = (events: number): readonly SQSRecord[] =>
  Array.from({ length: events }, (_, index) => {
    const name = eventNames[index % eventNames.length] ?? "";
    return record(legacyEnvelope(JSON.stringify(definitionOf(name)?.sample), name), index);
  });

/** The SQS events that Lambda would make of them. */
export const batchesOf = (records: readonly SQSRecord[], batchSize: number): readonly SQSEvent[] =>
  Array.from({ length: Math.ceil(records.length / batchSize) }, (_, batch) => ({
    Records: records.slice(batch * batchSize, (batch + 1) * batchSize),
  }));

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
