import type { FunctionTable } from "../../functions/manifest.ts";

/** Limits that every stage shares, each with its source. */

/** Twelve hours: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html */
export const MAX_VISIBILITY_TIMEOUT_SECONDS = 12 * 60 * 60;

/** A function's name has at most 64 characters: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const MAX_FUNCTION_NAME_LENGTH = 64;

/** The longest stage name that leaves room for every function's name. */
export const maxStageLength = (table: FunctionTable): number =>
  MAX_FUNCTION_NAME_LENGTH - Math.max(...Object.keys(table).map((name) => `realtime-gateway--${name}`.length));

/** A request to Pusher must end before the HTTP function with the shortest timeout does. */
export const shortestHttpTimeoutSeconds = (table: FunctionTable): number =>
  Math.min(
    ...Object.values(table)
      .filter(({ trigger }) => trigger === "http")
      .map(({ timeoutSeconds }) => timeoutSeconds),
  );

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Longer than the retries of every setting of the stage. On a standard queue, a dead letter keeps the age of its message. So
 * operators have a week at least for each dead letter.
 */
export const QUEUE_RETENTION_SECONDS = 7 * DAY_SECONDS;

/** The maximum of SQS. */
export const DLQ_RETENTION_SECONDS = 14 * DAY_SECONDS;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
export const MAX_POLICY_BYTES = 8_192;
export const MAX_POLICY_PRINCIPALS = 50;
