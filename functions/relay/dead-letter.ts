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

/** SQS takes ten attributes with a message (SendMessage API reference); ours come first. */
const MAX_ATTRIBUTES = 10;
/** What SQS takes in an attribute's value (SendMessage API reference). */
const NOT_IN_SQS = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The original body and attributes, and the reason beside them: code, detail, event, failed_at, receive_count. */
export function deadLetterOf(record: SQSRecord, { code, detail, event }: Rejected, failedAt: Date): DeadLetter {
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
  const theirs = Object.entries(record.messageAttributes ?? {}).filter(([name]) => !Object.hasOwn(reason, name));
  const groupId = groupOf(record);
  return {
    body: record.body,
    attributes: Object.fromEntries([...ours, ...theirs].slice(0, MAX_ATTRIBUTES)),
    ...(groupId !== undefined && { fifo: { groupId, deduplicationId: record.messageId } }),
  };
}
