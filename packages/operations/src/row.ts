import { codeOf, type DeadLetter, eventOf, failedAtMs } from "./dead-letter.ts";

/** A dead letter without its payload, which a list must not show. */
export interface DeadLetterRow {
  readonly id: string;
  readonly failedAtMs: number;
  readonly code: string;
  readonly event: string;
  readonly detail?: string | undefined;
  readonly receiveCount?: number | undefined;
  readonly bodyBytes: number;
}

export function rowOf(deadLetter: DeadLetter): DeadLetterRow {
  const { id, body, failure } = deadLetter;
  return {
    id,
    failedAtMs: failedAtMs(deadLetter),
    code: codeOf(deadLetter),
    event: eventOf(deadLetter),
    ...(failure && { detail: failure.detail, receiveCount: failure.receiveCount }),
    bodyBytes: Buffer.byteLength(body),
  };
}

/** The row under the names that the relay's own attributes have. */
export function jsonRow(row: DeadLetterRow): Record<string, unknown> {
  const { id, failedAtMs, code, event, detail, receiveCount, bodyBytes } = row;
  const failed_at = new Date(failedAtMs).toISOString();
  return { id, failed_at, code, event, detail, receive_count: receiveCount, bytes: bodyBytes };
}
