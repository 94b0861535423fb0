import type { Rejected } from "@realtime-gateway/events";
import { MAX_EVENT_NAME_LENGTH } from "@realtime-gateway/routing";
import type { SQSMessageAttributes, SQSRecord } from "aws-lambda";
import { groupOf, receiveCountOf } from "./record.ts";

/** A record that can never be delivered, with the reason. */
export interface DeadLetter {
  readonly body: string;
  readonly attributes: SQSMessageAttributes;
  /** On a FIFO queue. The deduplication id is the record's own, so that a second try within five minutes adds nothing. */
  readonly fifo?: { readonly groupId: string; readonly deduplicationId: string };
}

/** Resolves once the dead-letter queue has accepted the letter; rejects when it has not. */
export type SendDeadLetter = (letter: DeadLetter, timeoutMs: number) => Promise<void>;

/** SQS takes ten attributes with a message (SendMessage API reference). */
const MAX_ATTRIBUTES = 10;
/** What SQS takes in an attribute's value (SendMessage API reference). */
const NOT_IN_SQS = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Ours: what a record brings under these names is an older letter's, which was sent back. */
const REASON = new Set(["code", "detail", "event", "failed_at", "receive_count"]);

/**
 * The original body and attributes, and as much of the reason beside them as there is room for: code, detail, event, failed_at,
 * receive_count. `undefined` when there is room for none: a letter must not lose what its message came with.
 */
export function deadLetterOf(
  record: SQSRecord,
  { code, detail, event }: Rejected,
  failedAt: Date,
): DeadLetter | undefined {
  const receiveCount = receiveCountOf(record);
  const reason = {
    code,
    detail,
    ...(event && { event: event.slice(0, MAX_EVENT_NAME_LENGTH).replace(NOT_IN_SQS, "?") }),
    failed_at: failedAt.toISOString(),
    receive_count: receiveCount,
  };
  const ours = Object.entries(reason).map(
    ([name, stringValue]) => [name, { dataType: "String", stringValue }] as const,
  );
  const theirs = Object.entries(record.messageAttributes ?? {}).filter(([name]) => !REASON.has(name));
  const room = MAX_ATTRIBUTES - theirs.length;
  if (room < 1) return undefined;
  const groupId = groupOf(record);
  return {
    body: record.body,
    attributes: Object.fromEntries([...ours.slice(0, room), ...theirs]),
    ...(groupId !== undefined && { fifo: { groupId, deduplicationId: record.messageId } }),
  };
}
