import type { FunctionName } from "../../functions/manifest.ts";
import type { LogRecordName } from "../../packages/codes/src/index.ts";

/** A metric that CloudWatch counts from the log records of a function. */
export interface LogMetric {
  /** The name of the metric. It is also the logical name of the filter, so it must not change. */
  readonly id: string;
  /** The name of the filter. */
  readonly name: string;
  readonly functionName: FunctionName;
  readonly pattern: string;
  /** What one log record adds: a number, or the field with the number. */
  readonly value: string;
}

/** Lambda's JSON log format puts the logged object under `message`. */
const recordsNamed = (name: LogRecordName): string => `{ $.message.message = "${name}" }`;

/** One `auth_denied` log record counts `count` denials. */
export const AUTH_DENIED = {
  id: "AuthDenied",
  name: "auth-denied",
  functionName: "auth",
  pattern: recordsNamed("auth_denied"),
  value: "$.message.count",
} as const satisfies LogMetric;

/** The relay writes one `message_failed` log record for each message that the dead-letter queue did not accept. */
export const NOT_DEAD_LETTERED = {
  id: "MessagesNotDeadLettered",
  name: "messages-not-dead-lettered",
  functionName: "relay",
  pattern: recordsNamed("message_failed"),
  value: "1",
} as const satisfies LogMetric;

/** The relay writes one `message_dead_lettered` log record for each message that it moves to the dead-letter queue. */
export const DEAD_LETTERED = {
  id: "DeadLettersSent",
  name: "dead-letters-sent",
  functionName: "relay",
  pattern: recordsNamed("message_dead_lettered"),
  value: "1",
} as const satisfies LogMetric;

export const LOG_METRICS: readonly LogMetric[] = [AUTH_DENIED, NOT_DEAD_LETTERED, DEAD_LETTERED];
