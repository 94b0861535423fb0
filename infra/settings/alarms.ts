import type { Alarm, Metric, Watched } from "./alarm.ts";
import { HTTP_TIMEOUT_SECONDS, RELAY_TIMEOUT_SECONDS } from "./limits.ts";

const MINUTE_SECONDS = 60;
const FIVE_MINUTES_SECONDS = 5 * MINUTE_SECONDS;

const of = (watched: Watched) => ({ of: watched }) as const;
const lambda = (name: string, watched: Watched): Metric => ({
  namespace: "AWS/Lambda",
  name,
  dimensions: { FunctionName: of(watched) },
});
const sqs = (name: string, watched: Watched): Metric => ({
  namespace: "AWS/SQS",
  name,
  dimensions: { QueueName: of(watched) },
});
/** As the relay writes it: `functions/relay/metrics.ts`. */
const failed = (code: string): Metric => ({
  namespace: of("metricsNamespace"),
  name: "MessagesFailed",
  dimensions: { service: "relay", code },
});

/** One period above is enough. */
const AT_ONCE = { periods: 1, of: 1 } as const;
/** Three of five: what passes by itself wakes nobody. */
const LASTING = { periods: 3, of: 5 } as const;
const COUNT = { statistic: "Sum", unit: "" } as const;

const OLDEST_MESSAGE_SECONDS = 300;
const DENIALS = 100;
const API_ERRORS = 5;
/** Most of its time, where an invocation that has nothing to wait for takes a hundredth. */
const SLOW_RELAY_MS = RELAY_TIMEOUT_SECONDS * 1000 * 0.7;
/** A page's subscriptions wait for it. */
const SLOW_AUTH_MS = HTTP_TIMEOUT_SECONDS * 1000 * 0.3;

export const AUTH_DENIED: Metric = {
  namespace: of("metricsNamespace"),
  name: "AuthDenied",
  dimensions: {},
};

/** Who is woken, by what, and what they do. */
export const ALARMS: readonly Alarm[] = [
  {
    id: "DeadLetters",
    metric: sqs("ApproximateNumberOfMessagesVisible", "deadLetterQueue"),
    statistic: "Maximum",
    unit: "messages",
    above: 0,
    periodSeconds: MINUTE_SECONDS,
    ...AT_ONCE,
    means: "events could not be delivered and lie in the dead-letter queue",
    act: "list them with `npm run dlq -- list`, find the cause by their code, then redrive or drop them",
    section: "dead-letters",
  },
  {
    id: "OldestMessage",
    metric: sqs("ApproximateAgeOfOldestMessage", "queue"),
    statistic: "Maximum",
    unit: "s",
    above: OLDEST_MESSAGE_SECONDS,
    periodSeconds: MINUTE_SECONDS,
    ...LASTING,
    means: "events wait; viewers see old states",
    act: "look for `messages_kept` in the relay's log and at Pusher's status page; if there is just too much, raise GATEWAY_MAX_CONCURRENCY",
    section: "when-something-is-wrong",
  },
  {
    id: "RelayErrors",
    metric: lambda("Errors", "relay"),
    ...COUNT,
    above: 0,
    periodSeconds: FIVE_MINUTES_SECONDS,
    ...AT_ONCE,
    means: "an invocation of the relay threw, ran out of time or did not start; its messages come back",
    act: "read the relay's log: an incomplete environment names its faults, anything else is a bug",
    section: "log-records",
  },
  {
    id: "RelayThrottles",
    metric: lambda("Throttles", "relay"),
    ...COUNT,
    above: 0,
    periodSeconds: FIVE_MINUTES_SECONDS,
    ...LASTING,
    means: "Lambda starts fewer relays than GATEWAY_MAX_CONCURRENCY allows; each throttle counts as a receive",
    act: "raise the account's Lambda concurrency, or lower GATEWAY_MAX_CONCURRENCY",
    section: "when-something-is-wrong",
  },
  {
    id: "PusherMisconfigured",
    metric: failed("pusher_misconfigured"),
    ...COUNT,
    above: 0,
    periodSeconds: MINUTE_SECONDS,
    ...AT_ONCE,
    means: "Pusher refuses the app itself: nothing is delivered",
    act: "check the secrets PusherAppId and PusherSecret, PUSHER_KEY, PUSHER_CLUSTER, and in Pusher's dashboard whether the app is disabled or over its quota; the messages wait",
    section: "codes",
  },
  {
    id: "PusherRateLimited",
    metric: failed("pusher_rate_limited"),
    ...COUNT,
    above: 0,
    periodSeconds: MINUTE_SECONDS,
    ...LASTING,
    means: "Pusher answers 429 for longer than retries can bridge",
    act: "lower GATEWAY_MAX_CONCURRENCY, or raise the Pusher app's plan",
    section: "codes",
  },
  {
    id: "PusherUnavailable",
    metric: failed("pusher_unavailable"),
    ...COUNT,
    above: 0,
    periodSeconds: MINUTE_SECONDS,
    ...LASTING,
    means: "Pusher times out, resets or answers 5xx",
    act: "look at Pusher's status page; the messages wait and are delivered when it is back, so that nothing else is to be done",
    section: "codes",
  },
  {
    id: "InternalErrors",
    metric: failed("internal_error"),
    ...COUNT,
    above: 0,
    periodSeconds: FIVE_MINUTES_SECONDS,
    ...AT_ONCE,
    means: "a bug in the gateway keeps a message from being delivered",
    act: "search the relay's log for `internal_error`; after five receives the message lies in the dead-letter queue",
    section: "codes",
  },
  {
    id: "AuthDenials",
    metric: AUTH_DENIED,
    ...COUNT,
    above: DENIALS,
    periodSeconds: FIVE_MINUTES_SECONDS,
    ...AT_ONCE,
    means:
      "many subscriptions are refused: a page asks for what it may not see, tokens expire, or somebody tries names",
    act: "look at the `code` and `kind` of the `auth_denied` records in the log of auth",
    section: "log-records",
  },
  {
    id: "ApiErrors",
    metric: { namespace: "AWS/ApiGateway", name: "5xx", dimensions: { ApiId: of("api") } },
    ...COUNT,
    above: API_ERRORS,
    periodSeconds: FIVE_MINUTES_SECONDS,
    ...AT_ONCE,
    means: "the HTTP functions fail, or what they depend on does (503)",
    act: "find the route in the API's access log, then read that function's log",
    section: "log-records",
  },
  {
    id: "RelaySlow",
    metric: lambda("Duration", "relay"),
    statistic: "p99",
    unit: "ms",
    above: SLOW_RELAY_MS,
    periodSeconds: FIVE_MINUTES_SECONDS,
    ...LASTING,
    means: "the slowest invocations come near the relay's timeout",
    act: "look at `ms`, `retries` and `pusher_calls` of the `relay_batch` records; Pusher is slow, or batches are too large",
    section: "one-invocation-one-record",
  },
  {
    id: "AuthSlow",
    metric: lambda("Duration", "auth"),
    statistic: "p99",
    unit: "ms",
    above: SLOW_AUTH_MS,
    periodSeconds: FIVE_MINUTES_SECONDS,
    ...LASTING,
    means: "subscriptions wait for their authorization",
    act: "look at what auth asks: the issuer's keys (REALTIME_JWT_JWKS_URL), the platform (REALTIME_OWNERSHIP_URL); else raise GATEWAY_HTTP_MEMORY_MB",
    section: "when-something-is-wrong",
  },
];
