import { FUNCTION_NAMES } from "../../functions/manifest.ts";
import { FAILURES, RELAY_DEAD_LETTER_CODES } from "../../packages/codes/src/index.ts";
import type { WatchedResource } from "./alarm.ts";
import { AUTH_DENIED, NOT_DEAD_LETTERED } from "./log-metrics.ts";

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
export function dashboardBody(names: ResourceNames, region: string): string {
  const graphs = [...eventGraphs(names), ...functionGraphs(names)];
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

function eventGraphs(names: ResourceNames): readonly Graph[] {
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
        sqs("ApproximateAgeOfOldestMessage", names.queue, "age of the oldest, s"),
      ],
    },
    {
      title: "Not accepted by the dead-letter queue",
      metrics: [[names.metricsNamespace, NOT_DEAD_LETTERED.id, { label: "messages" }]],
    },
    { title: "Requests to Pusher", metrics: [relay("PusherCalls"), relay("PusherRetries")] },
    { title: "Payloads", metrics: [relay("PayloadsTruncated"), relay("PayloadsDrifted")] },
  ];
}

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
      title: "HTTP API",
      metrics: [
        ...["Count", "4xx", "5xx"].map((name) => ["AWS/ApiGateway", name, "ApiId", names.api]),
        [names.metricsNamespace, AUTH_DENIED.id, { label: "denied subscriptions" }],
      ],
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
