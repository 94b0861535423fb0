/** Lambda's reading of a function's answer: the failed messages, and the reason if the whole batch failed. */
export interface BatchOutcome {
  readonly failed: ReadonlySet<string>;
  readonly error?: string;
}

/**
 * Lambda's rules for `ReportBatchItemFailures`. A null or empty answer means that every message succeeded. A malformed
 * list or an unknown identifier fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function readPartialBatchResponse(response: unknown, messageIds: readonly string[]): BatchOutcome {
  if (response === undefined || response === null) return { failed: new Set() };
  if (!isObject(response)) return wholeBatch(messageIds, "the response is not an object");
  const failures = response.batchItemFailures;
  if (failures === undefined || failures === null) return { failed: new Set() };
  if (!Array.isArray(failures)) return wholeBatch(messageIds, "batchItemFailures is not a list");
  const known = new Set(messageIds);
  const failed = new Set<string>();
  for (const failure of failures) {
    const id: unknown = isObject(failure) ? failure.itemIdentifier : undefined;
    if (typeof id !== "string" || id === "") return wholeBatch(messageIds, "an itemIdentifier is missing or empty");
    if (!known.has(id)) return wholeBatch(messageIds, `itemIdentifier ${id} is not in the batch`);
    failed.add(id);
  }
  return { failed };
}

export function wholeBatch(messageIds: readonly string[], error: string): BatchOutcome {
  return { failed: new Set(messageIds), error };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
