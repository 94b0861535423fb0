import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from "../../functions/manifest.ts";

/** The log of a function, or the access log of the API. */
export type LogSource = FunctionName | "api";

/** A query of CloudWatch Logs Insights. `docs/operations.md` shows it, and the deployment saves it. */
export interface LogQuery {
  /** The logical name of the saved query, so it must not change. */
  readonly id: string;
  /** The end of the saved query's name, after the app and the stage. */
  readonly name: string;
  /** The question that it answers. */
  readonly question: string;
  /** A note for the reader: a value to replace, a setting that the query needs, or the field to look at. */
  readonly hint?: string;
  readonly sources: readonly LogSource[];
  readonly commands: readonly string[];
}

const HTTP_FUNCTIONS = FUNCTION_NAMES.filter((name) => FUNCTIONS[name].trigger === "http");

/**
 * Lambda's JSON log format puts the logged object under `message`. Lambda's own lines have `type` and `record`:
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export const LOG_QUERIES: readonly LogQuery[] = [
  {
    id: "OneMessageQuery",
    name: "one-message",
    question: "What happened to one message?",
    hint: "Replace `MESSAGE_ID` by the id that SQS returned to the producer. With `REALTIME_LOG_EVENTS=1`, the event's id works too.",
    sources: ["relay"],
    commands: [
      "fields @timestamp, message.message, message.outcome, message.code, message.detail, message.attempts, message.ms, requestId",
      'filter @message like "MESSAGE_ID"',
      "sort @timestamp asc",
      "limit 100",
    ],
  },
  {
    id: "OneInvocationQuery",
    name: "one-invocation",
    question: "What happened in one invocation?",
    hint: "Replace `REQUEST_ID` by the `requestId` of a log record, or by the `request_id` of an HTTP answer.",
    sources: FUNCTION_NAMES,
    commands: [
      "fields @timestamp, level, message.message, message.code, message.detail, message.errorMessage, type, record.status, record.metrics.durationMs",
      'filter requestId = "REQUEST_ID" or record.requestId = "REQUEST_ID"',
      "sort @timestamp asc",
      "limit 1000",
    ],
  },
  {
    id: "FailedMessagesQuery",
    name: "failed-messages",
    question: "Which messages remain in the queue, and why?",
    hint: "A message counts once for each receive that failed.",
    sources: ["relay"],
    commands: [
      'filter message.message in ["messages_kept", "pusher_misconfigured", "message_failed", "internal_error"]',
      "fields coalesce(message.code, message.message) as reason, coalesce(message.detail, message.error) as why",
      "fields coalesce(message.messages, 1) as receives, coalesce(message.message_ids.0, message.message_id) as id",
      "stats sum(receives) as failed, latest(@timestamp) as last_seen, latest(id) as last_id by reason, why",
      "sort failed desc",
      "limit 100",
    ],
  },
  {
    id: "ThroughputQuery",
    name: "throughput",
    question: "How many messages does the relay carry, and how fast?",
    sources: ["relay"],
    commands: [
      'filter message.message = "relay_batch"',
      "stats sum(message.received) as received, sum(message.published) as published, sum(message.retries) as retries, count(*) as invocations, pct(message.ms, 50) as p50_ms, pct(message.ms, 99) as p99_ms by bin(5m)",
    ],
  },
  {
    id: "MessageTimesQuery",
    name: "message-times",
    question: "How long does an event take from the producer's call to Pusher's answer?",
    hint: "It needs `REALTIME_LOG_EVENTS=1`.",
    sources: ["relay"],
    commands: [
      'filter message.message = "message_outcome" and message.outcome = "published"',
      "fields message.queued_ms + message.ms as total_ms",
      "stats count(*) as events, pct(total_ms, 50) as p50_ms, pct(total_ms, 99) as p99_ms, max(message.attempts) as max_attempts by message.event",
      "sort p99_ms desc",
    ],
  },
  {
    id: "FailedInvocationsQuery",
    name: "failed-invocations",
    question: "Which invocations ran out of time, threw, or did not start?",
    hint: "A `platform.report` with the status `timeout` ran out of time. A `platform.initReport` is a start that failed. `errorMessage` has the reason.",
    sources: FUNCTION_NAMES,
    commands: [
      "fields @timestamp, @log, type, record.status, record.metrics.durationMs, message.errorType, message.errorMessage, requestId, record.requestId",
      'filter (type in ["platform.report", "platform.initReport"] and record.status != "success") or ispresent(message.errorMessage)',
      "sort @timestamp desc",
      "limit 100",
    ],
  },
  {
    id: "DenialsQuery",
    name: "denials",
    question: "Which subscriptions does auth deny, and why?",
    sources: ["auth"],
    commands: [
      'filter message.message = "auth_denied"',
      "stats sum(message.count) as denied, latest(requestId) as last_request by message.code, message.kind, message.check",
      "sort denied desc",
    ],
  },
  {
    id: "ErrorsByRouteQuery",
    name: "errors-by-route",
    question: "Which routes answer 5xx?",
    hint: "A throttled function appears only here. `last_request` is an id for `one-invocation`.",
    sources: ["api"],
    commands: [
      "filter status >= 500",
      "stats count(*) as answers, pct(responseLatency, 99) as p99_ms, latest(integrationRequestId) as last_request by routeKey, status",
      "sort answers desc",
    ],
  },
  {
    id: "ErrorsByCodeQuery",
    name: "errors-by-code",
    question: "Why do they answer 5xx?",
    sources: HTTP_FUNCTIONS,
    commands: [
      "filter message.status >= 500",
      "stats count(*) as answers, latest(requestId) as last_request by @log, message.message, message.code",
      "sort answers desc",
    ],
  },
];

/** The text of a query as CloudWatch stores it. */
export const queryText = ({ commands }: LogQuery): string => commands.join("\n| ");
