import { FUNCTIONS } from "../../functions/manifest.ts";
import { BUG_RECEIVES } from "../../functions/queue-rules.ts";
import { FAILURES } from "../../packages/codes/src/index.ts";
import type { Alarm, WatchedMetric, WatchedResource } from "./alarm.ts";
import { durationText } from "./duration-text.ts";
import { AUTH_DENIED, type LogMetric, NOT_DEAD_LETTERED } from "./log-metrics.ts";
import type { QueueTimes } from "./queue-times.ts";

const MINUTE_SECONDS = 60;
const FIVE_MINUTES_SECONDS = 5 * MINUTE_SECONDS;

const nameOf = (resource: WatchedResource) => ({ nameOf: resource }) as const;
const lambda = (name: string, resource: WatchedResource): WatchedMetric => ({
  namespace: "AWS/Lambda",
  name,
  dimensions: { FunctionName: nameOf(resource) },
});
const sqs = (name: string, resource: WatchedResource): WatchedMetric => ({
  namespace: "AWS/SQS",
  name,
  dimensions: { QueueName: nameOf(resource) },
});

const counted = ({ id }: LogMetric): WatchedMetric => ({
  namespace: nameOf("metricsNamespace"),
  name: id,
  dimensions: {},
});

/** One period above the threshold is enough. */
const AT_ONCE = { periods: 1, ofPeriods: 1 } as const;
/** A short disturbance triggers no alarm. */
const LASTING = { periods: 3, ofPeriods: 5 } as const;
const COUNT = { statistic: "Sum", unit: "" } as const;
const EACH_MINUTE = { periodSeconds: MINUTE_SECONDS } as const;
const EACH_FIVE_MINUTES = { periodSeconds: FIVE_MINUTES_SECONDS } as const;

const OLDEST_MESSAGE_SECONDS = 300;
const DENIALS = 100;
const API_ERRORS = 5;
/** An invocation without retries takes about a hundredth of the timeout. */
const SLOW_RELAY_MS = FUNCTIONS.relay.timeoutSeconds * 1000 * 0.7;
/** The page shows nothing until auth answers. */
const SLOW_AUTH_MS = FUNCTIONS.auth.timeoutSeconds * 1000 * 0.3;

type Timing = Pick<Alarm, "periodSeconds" | "periods" | "ofPeriods">;

/**
 * A message fails once in each visibility timeout, so a quiet queue has minutes without a failure. The alarm triggers after
 * this many minutes with a failure. It ends when the messages stop to fail, and not between two failures.
 */
const afterFailures = (failures: number, { failureIntervalSeconds }: QueueTimes): Timing => ({
  ...EACH_MINUTE,
  periods: failures,
  ofPeriods: failures * Math.ceil(failureIntervalSeconds / MINUTE_SECONDS),
});

/** The third failure comes after two retries, so a short disturbance triggers no alarm. */
const LASTING_FAILURES = 3;

/** How long the gateway retries a message that fails at each receive. */
const retriesText = ({ maxReceives, retrySeconds }: QueueTimes): string =>
  `SQS moves a message to the dead-letter queue after ${maxReceives} receives, which takes about ${durationText(retrySeconds)}`;

const bugRetriesText = ({ bugRetrySeconds }: QueueTimes): string =>
  `The relay moves the message to the dead-letter queue at receive ${BUG_RECEIVES}, after about ${durationText(bugRetrySeconds)}`;

/** An alarm on one code of the messages that failed. `functions/relay/metrics.ts` writes the metric. */
const failedWith = (id: string, code: keyof typeof FAILURES, retries: string, timing: Timing): Alarm => ({
  id,
  metric: {
    namespace: nameOf("metricsNamespace"),
    name: "MessagesFailed",
    dimensions: { service: "relay", code },
  },
  ...COUNT,
  threshold: 0,
  ...timing,
  meaning: FAILURES[code].meaning,
  action: `${FAILURES[code].action}. ${retries}`,
  section: "codes",
});

const queueAlarms: readonly Alarm[] = [
  {
    id: "DeadLetters",
    metric: sqs("ApproximateNumberOfMessagesVisible", "deadLetterQueue"),
    statistic: "Maximum",
    unit: "messages",
    threshold: 0,
    ...EACH_MINUTE,
    ...AT_ONCE,
    meaning: "there are messages in the dead-letter queue; their events were not published",
    action: "list them with `npm run dlq -- list`, find the cause by their code, then redrive or drop them",
    section: "dead-letters",
  },
  {
    id: "OldestMessage",
    metric: sqs("ApproximateAgeOfOldestMessage", "queue"),
    statistic: "Maximum",
    unit: "s",
    threshold: OLDEST_MESSAGE_SECONDS,
    ...EACH_MINUTE,
    ...LASTING,
    meaning:
      "messages remain in the queue; viewers see old states. SQS leaves out messages that it returned three times, so the alarm can end while the relay still retries them",
    action:
      "look for `messages_kept` in the relay's log and at Pusher's status page; if there are only too many messages, raise `GATEWAY_MAX_CONCURRENCY`",
    section: "when-something-is-wrong",
  },
];

const invocationAlarms: readonly Alarm[] = [
  {
    id: "RelayErrors",
    metric: lambda("Errors", "relay"),
    ...COUNT,
    threshold: 0,
    ...EACH_FIVE_MINUTES,
    ...AT_ONCE,
    meaning: "an invocation of the relay threw, ran out of time or did not start; its messages are retried later",
    action: "read the relay's log: a message about the environment names the variables, anything else is a bug",
    section: "log-records",
  },
  {
    id: "RelayThrottles",
    metric: lambda("Throttles", "relay"),
    ...COUNT,
    threshold: 0,
    ...EACH_FIVE_MINUTES,
    ...LASTING,
    meaning: "Lambda starts fewer relays than `GATEWAY_MAX_CONCURRENCY` allows; each throttle counts as a receive",
    action: "raise the account's Lambda concurrency, or lower `GATEWAY_MAX_CONCURRENCY`",
    section: "when-something-is-wrong",
  },
];

function failureAlarms(times: QueueTimes): readonly Alarm[] {
  const atOnce = afterFailures(1, times);
  const lasting = afterFailures(LASTING_FAILURES, times);
  const retries = retriesText(times);
  return [
    failedWith("PusherMisconfigured", "pusher_misconfigured", retries, atOnce),
    failedWith("PusherRateLimited", "pusher_rate_limited", retries, lasting),
    failedWith("PusherUnavailable", "pusher_unavailable", retries, lasting),
    failedWith("RelayOutOfTime", "deadline", retries, lasting),
    failedWith("InternalErrors", "internal_error", bugRetriesText(times), atOnce),
    {
      id: "NotDeadLettered",
      metric: counted(NOT_DEAD_LETTERED),
      ...COUNT,
      threshold: 0,
      ...lasting,
      meaning: "the dead-letter queue does not accept messages that the relay rejects; they remain in the queue",
      action: `look at \`dead_letter_error\` of the \`message_failed\` log records of the relay. ${retries}, without a reason`,
      section: "failed-messages",
    },
  ];
}

const httpAlarms: readonly Alarm[] = [
  {
    id: "AuthDenials",
    metric: counted(AUTH_DENIED),
    ...COUNT,
    threshold: DENIALS,
    ...EACH_FIVE_MINUTES,
    ...AT_ONCE,
    meaning:
      "auth denies many subscriptions: a page subscribes to channels of other users, tokens expire, or somebody tries names",
    action: "look at the `code` and `kind` of the `auth_denied` log records of auth",
    section: "log-records",
  },
  {
    id: "ApiErrors",
    metric: { namespace: "AWS/ApiGateway", name: "5xx", dimensions: { ApiId: nameOf("api") } },
    ...COUNT,
    threshold: API_ERRORS,
    ...EACH_FIVE_MINUTES,
    ...AT_ONCE,
    meaning: "the HTTP functions fail, or a service that they depend on does (503)",
    action: "find the route in the API's access log, then read the log of its function",
    section: "log-records",
  },
];

const latencyAlarms: readonly Alarm[] = [
  {
    id: "RelaySlow",
    metric: lambda("Duration", "relay"),
    statistic: "p99",
    unit: "ms",
    threshold: SLOW_RELAY_MS,
    ...EACH_FIVE_MINUTES,
    ...LASTING,
    meaning: "the slowest invocations come close to the relay's timeout",
    action:
      "look at `ms`, `retries` and `pusher_calls` of the `relay_batch` log records: Pusher is slow, or the batches are too large",
    section: "one-invocation-one-log-record",
  },
  {
    id: "AuthSlow",
    metric: lambda("Duration", "auth"),
    statistic: "p99",
    unit: "ms",
    threshold: SLOW_AUTH_MS,
    ...EACH_FIVE_MINUTES,
    ...LASTING,
    meaning: "subscriptions take long, because auth answers slowly",
    action:
      "look at the services that auth calls: the issuer's keys (`REALTIME_JWT_JWKS_URL`) and the platform (`REALTIME_OWNERSHIP_URL`); else raise `GATEWAY_HTTP_MEMORY_MB`",
    section: "when-something-is-wrong",
  },
];

/** Every alarm of a stage, in the order of the table in `docs/deploy.md`. */
export const alarmsOf = (times: QueueTimes): readonly Alarm[] => [
  ...queueAlarms,
  ...invocationAlarms,
  ...failureAlarms(times),
  ...httpAlarms,
  ...latencyAlarms,
];
