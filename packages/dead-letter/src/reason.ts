import type { SqsAttribute } from "./sqs-message.ts";

/** The attribute that carries the reason. A redrive removes it. */
export const REASON_ATTRIBUTE = "realtime_gateway";

/** The reason for a dead letter. A message without room for all of it carries the code alone. */
export interface DeadLetterReason {
  readonly code: string;
  readonly detail?: string | undefined;
  /** The event's name, if the relay could read it. */
  readonly event?: string | undefined;
  readonly failedAtMs?: number | undefined;
  readonly receiveCount?: number | undefined;
  /** The id of the original message. SQS gives the dead letter another one. */
  readonly messageId?: string | undefined;
}

/** Longer names are cut. Pusher allows 200 characters (HTTP API reference). */
const MAX_EVENT_CHARACTERS = 200;

/** SQS rejects these two characters (SendMessage API reference). `JSON.stringify` escapes all others that SQS rejects. */
const NONCHARACTERS = /[\ufffe\uffff]/g;

/** The reason as JSON text that SQS accepts. */
export function reasonText(reason: DeadLetterReason): string {
  const { code, detail, event, failedAtMs, receiveCount, messageId } = reason;
  const text = JSON.stringify({
    code,
    detail,
    event: event?.slice(0, MAX_EVENT_CHARACTERS),
    failed_at: failedAtMs === undefined ? undefined : new Date(failedAtMs).toISOString(),
    receive_count: receiveCount,
    message_id: messageId,
  });
  return text.replace(NONCHARACTERS, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

/** Reads the attribute. Returns `undefined` for a value that the relay does not write: it belongs to the producer. */
export function parseReason(attribute: SqsAttribute | undefined): DeadLetterReason | undefined {
  const reason = parseObject(attribute?.StringValue);
  if (typeof reason?.code !== "string") return undefined;
  const { code, detail, event, failed_at, receive_count, message_id } = reason;
  const failedAtMs = typeof failed_at === "string" ? Date.parse(failed_at) : Number.NaN;
  return {
    code,
    ...(typeof detail === "string" && { detail }),
    ...(typeof event === "string" && { event }),
    ...(!Number.isNaN(failedAtMs) && { failedAtMs }),
    ...(typeof receive_count === "number" && { receiveCount: receive_count }),
    ...(typeof message_id === "string" && { messageId: message_id }),
  };
}

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
