import type { Watched } from "./alarm.ts";

/** CloudWatch's dashboards are 24 columns wide. */
const COLUMNS = 24;
const WIDTH = 8;
const HEIGHT = 6;

type MetricRow = readonly (string | { readonly stat?: string; readonly label?: string })[];

interface Graph {
  readonly title: string;
  readonly metrics: readonly MetricRow[];
}

/** The text of the dashboard, for the names of what it shows. */
export function dashboardBody(names: Readonly<Record<Watched, string>>, region: string): string {
  const widgets = graphs(names).map(({ title, metrics }, index) => ({
    type: "metric",
    x: (index * WIDTH) % COLUMNS,
    y: Math.floor((index * WIDTH) / COLUMNS) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    properties: { title, region, metrics, view: "timeSeries", stat: "Sum", period: 60 },
  }));
  return JSON.stringify({ widgets });
}

function graphs(names: Readonly<Record<Watched, string>>): readonly Graph[] {
  const relay = relayIn(names.metricsNamespace);
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
    { title: "Kept in the queue, by code", metrics: FAILED_CODES.map((code) => relay("MessagesFailed", { code })) },
    { title: "Dead letters, by code", metrics: REJECTED_CODES.map((code) => relay("MessagesDeadLettered", { code })) },
    {
      title: "Queue",
      metrics: [
        sqs("ApproximateNumberOfMessagesVisible", names.queue, "waiting"),
        sqs("ApproximateNumberOfMessagesVisible", names.deadLetterQueue, "dead letters"),
        sqs("ApproximateAgeOfOldestMessage", names.queue, "oldest, s"),
      ],
    },
    { title: "Requests to Pusher", metrics: [relay("PusherCalls"), relay("PusherRetries")] },
    { title: "Payloads", metrics: [relay("PayloadsTruncated"), relay("PayloadsDrifted")] },
    { title: "Duration, p99, ms", metrics: FUNCTIONS.map((name) => lambda("Duration", names[name], name, "p99")) },
    {
      title: "Errors and throttles",
      metrics: FUNCTIONS.flatMap((name) => [
        lambda("Errors", names[name], `${name} errors`),
        lambda("Throttles", names[name], `${name} throttles`),
      ]),
    },
    {
      title: "HTTP API",
      metrics: [
        ...["Count", "4xx", "5xx"].map((name) => ["AWS/ApiGateway", name, "ApiId", names.api]),
        [names.metricsNamespace, "AuthDenied", { label: "refused subscriptions" }],
      ],
    },
  ];
}

const FUNCTIONS = ["relay", "auth", "test-event", "webhook"] as const;
const FAILED_CODES = [
  "pusher_unavailable",
  "pusher_rate_limited",
  "pusher_misconfigured",
  "deadline",
  "blocked_by_group",
  "internal_error",
];
const REJECTED_CODES = ["invalid_json", "unknown_envelope", "unknown_event", "invalid_event", "rejected_by_pusher"];

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
