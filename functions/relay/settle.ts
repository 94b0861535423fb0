import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import { failed, type Outcome } from "./outcome.ts";
import { groupOf } from "./record.ts";

/**
 * On a FIFO queue a record that stays blocks every later one of its group: acknowledged, these would overtake it. Fills in
 * their outcomes. What has been buried overtakes nothing: it is done with, and would only be buried once more.
 */
export function blockGroups(records: readonly SQSRecord[], outcomes: (Outcome | undefined)[]): void {
  const blocked = new Set<string>();
  for (const [position, record] of records.entries()) {
    const group = groupOf(record);
    if (group === undefined) continue;
    const kind = outcomes[position]?.kind;
    if (kind === "failed") blocked.add(group);
    else if (blocked.has(group) && kind !== "dead_lettered")
      outcomes[position] = failed("blocked_by_group", "an earlier message of its group stays");
  }
}

/** Sixth verb: tells SQS which records to keep. An empty list acknowledges them all. */
export const settle = (
  records: readonly SQSRecord[],
  outcomes: readonly (Outcome | undefined)[],
): SQSBatchResponse => ({
  batchItemFailures: records
    .filter((_, position) => (outcomes[position]?.kind ?? "failed") === "failed")
    .map(({ messageId }) => ({ itemIdentifier: messageId })),
});
