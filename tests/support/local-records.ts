import type { SQSRecord } from "aws-lambda";
import type { MessageSource } from "../../packages/local/src/event-source/source.ts";

export interface RecordFields {
  readonly body?: string;
  readonly group?: string;
}

export function sqsRecordOf(messageId: string, { body = "{}", group }: RecordFields = {}): SQSRecord {
  return {
    messageId,
    receiptHandle: `receipt-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "1",
      SenderId: "000000000000",
      ApproximateFirstReceiveTimestamp: "1",
      ...(group === undefined ? {} : { MessageGroupId: group }),
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:domain-events",
    awsRegion: "us-east-1",
  };
}

export function idsOf(records: readonly SQSRecord[]): string[] {
  return records.map(({ messageId }) => messageId);
}

/** The answer to one poll: messages, or an error to throw. */
export type Poll = readonly SQSRecord[] | Error;

export interface FakeSource extends MessageSource {
  readonly asked: { readonly maxRecords: number; readonly waitSeconds: number }[];
  readonly removed: string[];
  readonly released: string[];
  closed(): boolean;
}

export interface FakeSourceOptions {
  readonly fifo?: boolean;
  /** The number of deletions that fail before one succeeds. */
  readonly failingRemovals?: number;
}

/** A queue that answers each poll from a script, and is empty after that. */
export function createFakeSource(polls: readonly Poll[], options: FakeSourceOptions = {}): FakeSource {
  const script = [...polls];
  let failingRemovals = options.failingRemovals ?? 0;
  let closed = false;
  const source: FakeSource = {
    fifo: options.fifo ?? false,
    asked: [],
    removed: [],
    released: [],
    closed: () => closed,
    async receive(maxRecords, waitSeconds) {
      source.asked.push({ maxRecords, waitSeconds });
      const next = script.shift();
      if (next instanceof Error) throw next;
      // A real poll takes time. Without this turn of the event loop, the poller would block the test.
      if (next === undefined) await new Promise((resolve) => setImmediate(resolve));
      return [...(next ?? [])];
    },
    async remove(records) {
      if (failingRemovals-- > 0) return [...records];
      source.removed.push(...idsOf(records));
      return [];
    },
    async release(records) {
      source.released.push(...idsOf(records));
    },
    close() {
      closed = true;
    },
  };
  return source;
}
