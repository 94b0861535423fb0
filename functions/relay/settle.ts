import type { SQSBatchResponse } from "aws-lambda";
import { type FailedOutcome, failed, type MessageOutcome, type ReadyMessage, type RelayMessage } from "./message.ts";

type Settling = Pick<RelayMessage, "group" | "outcome">;

/**
 * Sets the outcomes after publishing. A replaced message gets the failure of its replacement, and a duplicate gets the outcome
 * of the first message with its event.
 */
export function setOutcomes(
  messages: readonly RelayMessage[],
  failures: ReadonlyMap<ReadyMessage, FailedOutcome>,
): void {
  const ready = messages.filter((message) => message.kind === "ready");
  for (const message of ready)
    if (message.replacedBy === undefined && message.duplicateOf === undefined)
      message.outcome ??= failures.get(message) ?? { kind: "published" };
  for (const message of ready)
    if (message.replacedBy !== undefined) message.outcome = replacedOutcome(message.replacedBy.outcome);
  for (const message of ready)
    if (message.duplicateOf !== undefined) message.outcome ??= duplicateOutcome(message.duplicateOf.outcome);
}

/** A replaced message is acknowledged only if its replacement was really published. Otherwise both are retried later. */
const replacedOutcome = (newer: MessageOutcome | undefined): MessageOutcome =>
  newer?.kind === "failed" ? newer : { kind: "conflated" };

const duplicateOutcome = (first: MessageOutcome | undefined): MessageOutcome | undefined =>
  first?.kind === "published" || first?.kind === "conflated" ? { kind: "duplicate" } : first;

const BLOCKED = failed("blocked_by_group", "an earlier message of its group failed");

/**
 * On a FIFO queue, a failed message blocks every later one of its group: they would overtake it. Sets their outcome. A
 * dead-lettered message overtakes nothing, and keeps its outcome.
 */
export function blockGroups(messages: readonly Settling[]): void {
  const blocked = new Set<string>();
  for (const message of messages) {
    const { group, outcome } = message;
    if (group === undefined) continue;
    if (outcome?.kind === "failed") blocked.add(group);
    else if (blocked.has(group) && outcome?.kind !== "dead_lettered") message.outcome = BLOCKED;
  }
}

/**
 * The answer to SQS names the messages to retry later. An empty list acknowledges all of them. SQS always sends an id; for a
 * message without one, Lambda reads the empty identifier as a failure of the whole batch, so nothing is lost.
 */
export const settle = (messages: readonly Pick<RelayMessage, "record" | "outcome">[]): SQSBatchResponse => ({
  batchItemFailures: messages
    .filter(({ outcome }) => outcome === undefined || outcome.kind === "failed")
    .map(({ record }) => ({ itemIdentifier: record.messageId ?? "" })),
});
