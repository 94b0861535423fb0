import { FUNCTION_NAMES } from "../../functions/manifest.ts";
import { OTHER_WEBHOOK_EVENTS, WEBHOOK_EVENTS } from "../../functions/webhook-events.ts";
import { FAILURES, RELAY_DEAD_LETTER_CODES } from "../../packages/codes/src/index.ts";
import type { WatchedResource } from "./alarm.ts";
import type { WatchedSettings } from "./alarms.ts";
import type { FrontKind } from "./front.ts";
import { apiMetrics } from "./front-metrics.ts";
import { AUTH_DENIED, DEAD_LETTERED, NOT_DEAD_LETTERED } from "./log-metrics.ts";

/** CloudWatch's dashboards are 24 columns wide. */
const COLUMNS = 24;
const WIDTH = 8;
const HEIGHT = 6;

type MetricRow = readonly (string | { readonly stat?: string; readonly label?: string })[];

interface Graph {
  readonly title: string;
  readonly metrics: readonly MetricRow[];
}

type ResourceNames = Readonly<Record<WatchedResource, string>>;

/** The dashboard as CloudWatch reads it, for resources with these names. */
export function dashboardBody(names: ResourceNames, region: string, { front, fifo }: WatchedSettings): string {
  const graphs = [...eventGraphs(names, fifo), ...functionGraphs(names), ...httpGraphs(names, front)];
  const widgets = graphs.map(({ title, metrics }, index) => ({
    type: "metric",
    x: (index * WIDTH) % COLUMNS,
    y: Math.floor((index * WIDTH) / COLUMNS) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    properties: { title, region, metrics, view: "timeSeries", stat: "Sum", period: 60 },
  }));
  return JSON.stringify({ widgets });
}

function eventGraphs(names: ResourceNames, fifo: boolean): readonly Graph[] {
  const relay = relayIn(names.metricsNamespace);
  const byCode = (metric: string, codes: object) => Object.keys(codes).map((code) => relay(metric, { code }));
  return [
    {
      title: "Events",
      metrics: [
        relay("MessagesReceived"),
        relay("EventsPublished"),
        relay("EventsConflated"),
        relay("EventsDuplicate"),
        relay("EventsExpired"),
      ],
    },
    { title: "Failed, retried later, by code", metrics: byCode("MessagesFailed", FAILURES) },
    { title: "Dead letters, by code", metrics: byCode("MessagesDeadLettered", RELAY_DEAD_LETTER_CODES) },
    {
      title: "Queue",
      metrics: [
        sqs("ApproximateNumberOfMessagesVisible", names.queue, "messages"),
        sqs("ApproximateNumberOfMessagesVisible", names.deadLetterQueue, "dead letters"),
        sqs("ApproximateNumberOfMessagesNotVisible", names.deadLetterQueue, "dead letters that somebody reads"),
        sqs("ApproximateAgeOfOldestMessage", names.queue, "age of the oldest, s"),
        ...(fifo ? [] : quietGroups(names.queue)),
      ],
    },
    {
      title: "Sent to the dead-letter queue, and not accepted by it",
      metrics: [
        [names.metricsNamespace, DEAD_LETTERED.id, { label: "sent" }],
        [names.metricsNamespace, NOT_DEAD_LETTERED.id, { label: "not accepted" }],
      ],
    },
    { title: "Requests to Pusher", metrics: [relay("PusherCalls"), relay("PusherRetries")] },
    { title: "Payloads", metrics: [relay("PayloadsTruncated"), relay("PayloadsDrifted")] },
  ];
}

/** AWS publishes these for standard queues only. */
const quietGroups = (queue: string): readonly MetricRow[] => [
  sqs("ApproximateAgeOfOldestMessageInQuietGroups", queue, "age of the oldest in quiet groups, s"),
  sqs("ApproximateNumberOfNoisyGroups", queue, "noisy groups"),
];

function functionGraphs(names: ResourceNames): readonly Graph[] {
  return [
    { title: "Duration, p99, ms", metrics: FUNCTION_NAMES.map((name) => lambda("Duration", names[name], name, "p99")) },
    {
      title: "Errors and throttles",
      metrics: FUNCTION_NAMES.flatMap((name) => [
        lambda("Errors", names[name], `${name} errors`),
        lambda("Throttles", names[name], `${name} throttles`),
      ]),
    },
    {
      title: "Time of the relay's invocations, p99, ms",
      metrics: [[...relayIn(names.metricsNamespace)("InvocationTime"), { stat: "p99" }]],
    },
  ];
}

function httpGraphs(names: ResourceNames, front: FrontKind): readonly Graph[] {
  const namespace = names.metricsNamespace;
  const { requests, clientErrors, serverErrors } = apiMetrics(front);
  return [
    {
      title: "HTTP requests",
      metrics: [
        ...[...requests, ...clientErrors, ...serverErrors].map(({ namespace: of, name, dimensions }) => [
          of,
          name,
          ...Object.entries(dimensions).flatMap(([key, resource]) => [key, names[resource]]),
        ]),
        [namespace, AUTH_DENIED.id, { label: "denied subscriptions" }],
      ],
    },
    {
      title: "Failed requests to the issuer's key endpoint",
      metrics: [[namespace, "JwksStale", "service", "auth", { label: "failed requests" }]],
    },
    {
      title: "Webhooks of Pusher",
      metrics: [...WEBHOOK_EVENTS, OTHER_WEBHOOK_EVENTS].map((event) => [
        namespace,
        "WebhookEvents",
        "event",
        event,
        "service",
        "webhook",
      ]),
    },
  ];
}

const relayIn =
  (namespace: string) =>
  (name: string, dimensions: Readonly<Record<string, string>> = {}): MetricRow => [
    namespace,
    name,
    ...Object.entries({ service: "relay", ...dimensions }).flat(),
  ];
const sqs = (name: string, queue: string, label: string): MetricRow => [
  "AWS/SQS",
  name,
  "QueueName",
  queue,
  { stat: "Maximum", label },
];
const lambda = (name: string, functionName: string, label: string, stat = "Sum"): MetricRow => [
  "AWS/Lambda",
  name,
  "FunctionName",
  functionName,
  { stat, label },
];
