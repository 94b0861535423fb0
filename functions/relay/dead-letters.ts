import type { DeadLetterCode, NO_CODE } from "@realtime-gateway/codes";
import { type SqsAttribute, type WrittenDeadLetter, writeDeadLetter } from "@realtime-gateway/dead-letter";
import { type Rejected, rejected } from "@realtime-gateway/events";
import type { SQSMessageAttribute, SQSRecord } from "aws-lambda";
import pLimit from "p-limit";
import type { Log, LogFields } from "../log.ts";
import { BUG_RECEIVES } from "../queue-rules.ts";
import { failed, groupOf, identityOf, type MessageOutcome, type RelayMessage, receiveCountOf } from "./message.ts";

/** A message that can never succeed, with the reason. */
export interface Rejection {
  readonly message: RelayMessage;
  readonly reason: Reason;
}

/** Why the message is dead-lettered. `event` is its name, if it could be read. */
type Reason = Omit<Rejected, "ok" | "code"> & { readonly code: Exclude<DeadLetterCode, typeof NO_CODE> };

/** Messages that the relay could not read, or that strict validation rejected. */
export const rejectedByRelay = (messages: readonly RelayMessage[]): readonly Rejection[] =>
  messages.flatMap((message) => (message.kind === "rejected" ? [{ message, reason: message.rejection }] : []));

/** Messages whose payload Pusher rejected, and their duplicates: Pusher would reject these too. */
export const rejectedByPusher = (messages: readonly RelayMessage[]): readonly Rejection[] =>
  messages.flatMap((message) => {
    if (message.kind !== "ready") return [];
    const { outcome, replacedBy } = message.duplicateOf ?? message;
    // A replaced message has its replacement's outcome, but Pusher has not seen it. It is retried later.
    if (replacedBy !== undefined || outcome?.kind !== "failed" || outcome.code !== "rejected_by_pusher") return [];
    return [
      { message, reason: { ...rejected(outcome.code, outcome.detail), event: message.name, eventId: message.eventId } },
    ];
  });

/** Messages that a bug has stopped for the last time. */
export const stoppedByBug = (messages: readonly RelayMessage[]): readonly Rejection[] =>
  messages.flatMap((message) => {
    const { outcome, record } = message;
    const isBug = outcome?.kind === "failed" && outcome.code === "internal_error";
    return isBug && isLastBugReceive(record)
      ? [{ message, reason: { code: "internal_error" as const, detail: outcome.detail } }]
      : [];
  });

export const isLastBugReceive = (record: SQSRecord): boolean => Number(receiveCountOf(record)) >= BUG_RECEIVES;

export interface OutgoingDeadLetter extends WrittenDeadLetter {
  /** On a standard queue, it makes the queue fair. */
  readonly groupId?: string;
  /** On a FIFO queue. It is the message's own id, so a second try within five minutes adds nothing. */
  readonly deduplicationId?: string;
  /** X-Ray's header of the original message. SQS carries it outside the ten attributes. */
  readonly traceHeader?: string;
}

/** Resolves once the dead-letter queue has accepted the message. Otherwise it rejects. */
export type SendDeadLetter = (deadLetter: OutgoingDeadLetter, timeoutMs: number) => Promise<void>;

export interface DeadLetterDeps {
  /** Missing without a dead-letter queue. */
  readonly sendDeadLetter: SendDeadLetter | undefined;
  readonly log: Log;
  readonly nowMs: () => number;
}

/** Requests to SQS in parallel. */
const MAX_IN_FLIGHT = 10;
/** The timeout of one request. On a FIFO queue the other messages are published only afterwards, and need time for it. */
const SEND_TIMEOUT_MS = 5_000;

/**
 * Moves messages to the dead-letter queue with their reason, and sets their outcome. A message that this queue does not accept
 * is left in the main queue, so no message is lost.
 */
export async function deadLetter(rejections: readonly Rejection[], deps: DeadLetterDeps, endMs: number): Promise<void> {
  const withSlot = pLimit(MAX_IN_FLIGHT);
  await Promise.all(
    rejections.map(({ message, reason }) =>
      withSlot(async () => {
        message.outcome = await deadLetterOne(message.record, reason, deps, endMs);
      }),
    ),
  );
}

async function deadLetterOne(
  record: SQSRecord,
  reason: Reason,
  { sendDeadLetter, log, nowMs }: DeadLetterDeps,
  endMs: number,
): Promise<MessageOutcome> {
  const { code, detail } = reason;
  const fields = logFields(record, reason);
  const leaveInQueue = (why: LogFields = {}): MessageOutcome => {
    log.error("message_failed", { ...fields, ...why });
    return failed(code, detail);
  };
  if (sendDeadLetter === undefined) return leaveInQueue();
  const timeoutMs = Math.min(SEND_TIMEOUT_MS, endMs - nowMs());
  // Without this check, a silent queue and thousands of messages with a millisecond each would outlast the invocation.
  if (timeoutMs < 1) return leaveInQueue({ dead_letter_error: "deadline" });
  try {
    const written = outgoing(record, reason, nowMs());
    await sendDeadLetter(written, timeoutMs);
    log.warn("message_dead_lettered", {
      ...fields,
      ...(!written.hasReason && { dead_letter_error: "no_room_for_reason" }),
    });
    return { kind: "dead_lettered", code };
  } catch (error) {
    return leaveInQueue({ dead_letter_error: error instanceof Error ? error.name : "unknown" });
  }
}

function logFields(record: SQSRecord, { code, detail, event, eventId }: Reason): LogFields {
  return { code, detail, ...identityOf(record, event, eventId), receive_count: receiveCountOf(record) };
}

export function outgoing(record: SQSRecord, { code, detail, event }: Reason, failedAtMs: number): OutgoingDeadLetter {
  const attributes = Object.fromEntries(
    Object.entries(record.messageAttributes ?? {}).map(([name, attribute]) => [name, sqsAttribute(attribute)]),
  );
  const receiveCount = Number(receiveCountOf(record));
  const written = writeDeadLetter(
    { body: record.body, attributes },
    { code, detail, event, failedAtMs, receiveCount, messageId: record.messageId },
  );
  const { MessageGroupId: groupId, AWSTraceHeader: traceHeader } = record.attributes ?? {};
  const isFifo = groupOf(record) !== undefined;
  return {
    ...written,
    ...(traceHeader !== undefined && { traceHeader }),
    ...(groupId !== undefined && { groupId }),
    ...(isFifo && { deduplicationId: record.messageId }),
  };
}

/** Lambda writes binary values in base64. The AWS SDK takes bytes. */
const sqsAttribute = ({ dataType, stringValue, binaryValue }: SQSMessageAttribute): SqsAttribute => ({
  DataType: dataType,
  ...(stringValue !== undefined && { StringValue: stringValue }),
  ...(binaryValue !== undefined && { BinaryValue: Buffer.from(binaryValue, "base64") }),
});
