import { codeOf, type DeadLetter, eventOf, failedAtMs } from "./dead-letter.ts";

/** A dead letter without its payload: what may be shown unasked. */
export interface Row {
  readonly id: string;
  readonly failedAtMs: number;
  readonly code: string;
  readonly event: string;
  readonly detail?: string;
  readonly receiveCount?: number;
  /** Of the body. */
  readonly bytes: number;
}

export function rowOf(letter: DeadLetter): Row {
  const { id, body, failure } = letter;
  return {
    id,
    failedAtMs: failedAtMs(letter),
    code: codeOf(letter),
    event: eventOf(letter),
    ...(failure && { detail: failure.detail, receiveCount: failure.receiveCount }),
    bytes: Buffer.byteLength(body),
  };
}

/** The names that the relay's own attributes have. */
export function jsonRow({ id, failedAtMs, code, event, detail, receiveCount, bytes }: Row): Record<string, unknown> {
  const failed_at = new Date(failedAtMs).toISOString();
  return { id, failed_at, code, event, detail, receive_count: receiveCount, bytes };
}
