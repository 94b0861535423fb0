import { definitionOf, type Rejected } from "@realtime-gateway/events";
import type { SQSRecord } from "aws-lambda";
import pLimit from "p-limit";
import type { Log, LogFields } from "../log.ts";
import { deadLetterOf, type SendDeadLetter } from "./dead-letter.ts";
import { failed, type Outcome } from "./outcome.ts";
import { receiveCountOf } from "./record.ts";

/** A record that can never be delivered, by its position. */
export interface Refusal {
  readonly position: number;
  readonly rejection: Rejected;
}

export interface BuryDeps {
  readonly sendDeadLetter: SendDeadLetter | undefined;
  readonly log: Log;
  readonly nowMs: () => number;
}

/** Requests to SQS at once. */
const MAX_IN_FLIGHT = 10;
/** For one letter. On a FIFO queue the good messages wait for it, and a queue that does not answer must leave them time. */
const SEND_TIMEOUT_MS = 5_000;

/**
 * Sends permanent failures to the dead-letter queue with their reason. What that queue has not accepted, or has not been asked to,
 * stays where it is: nothing is dropped.
 */
export async function bury(
  records: readonly SQSRecord[],
  refusals: readonly Refusal[],
  deps: BuryDeps,
  endMs: number,
): Promise<ReadonlyMap<number, Outcome>> {
  const withSlot = pLimit(MAX_IN_FLIGHT);
  const outcomes = new Map<number, Outcome>();
  await Promise.all(
    refusals.map(({ position, rejection }) =>
      withSlot(async () => {
        const record = records[position];
        if (record) outcomes.set(position, await buryOne(record, rejection, deps, endMs));
      }),
    ),
  );
  return outcomes;
}

async function buryOne(record: SQSRecord, rejection: Rejected, deps: BuryDeps, endMs: number): Promise<Outcome> {
  const { sendDeadLetter, log, nowMs } = deps;
  const { code, detail, event } = rejection;
  // A name that the catalog does not have is the producer's free text.
  const known = event !== undefined && definitionOf(event) !== undefined && { event };
  const fields = { code, detail, ...known, message_id: record.messageId, receive_count: receiveCountOf(record) };
  const keep = (why: LogFields = {}): Outcome => {
    log.error("message_failed", { ...fields, ...why });
    return failed(code, detail);
  };
  if (sendDeadLetter === undefined) return keep();
  const timeoutMs = Math.min(SEND_TIMEOUT_MS, endMs - nowMs());
  // Thousands of letters that a silent queue has held up, given a millisecond each, would outlast the invocation.
  if (timeoutMs < 1) return keep({ dead_letter_error: "deadline" });
  const letter = deadLetterOf(record, rejection, new Date(nowMs()));
  if (letter === undefined) return keep({ dead_letter_error: "too_many_attributes" });
  try {
    await sendDeadLetter(letter, timeoutMs);
    log.warn("message_dead_lettered", fields);
    return { kind: "dead_lettered", code };
  } catch (error) {
    return keep({ dead_letter_error: error instanceof Error ? error.name : "unknown" });
  }
}
