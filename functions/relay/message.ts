import type { DeadLetterCode, FailureCode } from "@realtime-gateway/codes";
import { type Mismatch, type Rejected, safeToLog } from "@realtime-gateway/events";
import type { Message } from "@realtime-gateway/routing";
import type { SQSRecord } from "aws-lambda";

/** The message may succeed later. It is the only outcome that leaves the message in the queue. */
export interface FailedOutcome {
  readonly kind: "failed";
  readonly code: FailureCode;
  readonly detail: string;
  /** The status of Pusher's answer, if there was one. */
  readonly status?: number | undefined;
}

/** `conflated`: a newer event replaced this one. */
export type MessageOutcome =
  | { readonly kind: "published" | "conflated" | "duplicate" | "expired" }
  | { readonly kind: "dead_lettered"; readonly code: DeadLetterCode }
  | FailedOutcome;

export const failed = (code: FailureCode, detail: string, status?: number): FailedOutcome => ({
  kind: "failed",
  code,
  detail,
  ...(status !== undefined && { status }),
});

interface Received {
  readonly record: SQSRecord;
  /** The message group on a FIFO queue. */
  readonly group: string | undefined;
  /** The relay sets it as soon as it is certain. A later step may replace it, for example if the message's group is blocked. */
  outcome: MessageOutcome | undefined;
}

/** A message that can be published. It does not keep the parsed payload: large batches would need too much memory. */
export interface ReadyMessage extends Received, Message {
  readonly kind: "ready";
  readonly group: string | undefined;
  /** The id of the envelope. */
  readonly eventId: string | undefined;
  /** Identifies the event, if its producer gave it a source and an id. */
  readonly key: string | undefined;
  readonly validation: Validation;
  /** The payload fields with the ids of the channels. */
  readonly idFields: readonly string[];
  /** Missing if the payload fits. */
  readonly truncatedFromBytes: number | undefined;
  /** An earlier message of the batch with the same event. This message gets its outcome. */
  duplicateOf: ReadyMessage | undefined;
  /** A newer message of the batch, which is published in place of this one. */
  replacedBy: ReadyMessage | undefined;
  /** True if this message is published in place of older ones. */
  replacesOlder: boolean;
}

/** A message that can never be published. */
export interface RejectedMessage extends Received {
  readonly kind: "rejected";
  readonly rejection: Rejected;
}

/** A message that a bug in the gateway stopped. */
export interface BrokenMessage extends Received {
  readonly kind: "broken";
  readonly error: string;
}

/** One SQS message on its way through the relay, with all that the relay has found out about it. */
export type RelayMessage = ReadyMessage | RejectedMessage | BrokenMessage;

/** The result of comparing a payload with its schema. */
export type Validation =
  | { readonly kind: "matches" }
  | { readonly kind: "differs"; readonly mismatches: readonly Mismatch[] }
  /** The schema itself threw. */
  | { readonly kind: "broken_schema"; readonly error: string };

// Test events, for example from the Lambda console, lack many fields that SQS always sends.

/** A standard queue may have message groups too. Only those of a FIFO queue keep an order. */
export const groupOf = ({ eventSourceARN, attributes }: SQSRecord): string | undefined =>
  String(eventSourceARN).endsWith(".fifo") ? attributes?.MessageGroupId : undefined;

export const receiveCountOf = ({ attributes }: SQSRecord): string => attributes?.ApproximateReceiveCount ?? "1";

/** The fields by which a log record names a message. The log omits a name or an id that may be free text. */
export const identityOf = ({ messageId }: SQSRecord, event: string | undefined, eventId: string | undefined) => ({
  event: safeToLog(event),
  event_id: safeToLog(eventId),
  message_id: safeToLog(messageId),
});
