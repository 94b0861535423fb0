import type { SQSBatchResponse } from "aws-lambda";

/** Sixth verb: tells SQS which records to keep. An empty list acknowledges them all. */
export const settle = (failedMessageIds: readonly string[]): SQSBatchResponse => ({
  batchItemFailures: failedMessageIds.map((itemIdentifier) => ({ itemIdentifier })),
});
