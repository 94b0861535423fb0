import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ALARM, arnOf, deployed } from "./deployed.ts";

/** Minutes between two failures of a message, and the texts of the stage's own times. */
const RETRIES = {
  ci: { minutes: 4, max: "240 receives, which takes about 12 hours", bug: "12 minutes" },
  production: { minutes: 4, max: "240 receives, which takes about 12 hours", bug: "12 minutes" },
  other: { minutes: 4, max: "5 receives, which takes about 15 minutes", bug: "12 minutes" },
  patient: { minutes: 9, max: "1000 receives, which takes about 5 days 13 hours 20 minutes", bug: "32 minutes" },
} as const;

describe.each(["ci", "production", "other", "patient"] as const)("the alarms of %s", (name) => {
  const stage = deployed(name);
  const fullName = `realtime-gateway-${stage.synthesis.stage}`;
  const suffix = name === "other" ? ".fifo" : "";
  const queueNamed = (logical: string) =>
    expect.stringMatching(new RegExp(`^${fullName}-${logical}Queue-[a-z]{8}${suffix.replace(".", "\\.")}$`));
  const FUNCTION = (fn: string) => ({ FunctionName: `${fullName}-${fn}` });
  const FAILED = (code: string) => ({ service: "relay", code });
  const FIVE_MINUTES = { period: 300 };
  const MINUTE = { period: 60 };
  const AT_ONCE = { datapointsToAlarm: 1, evaluationPeriods: 1 };
  const LASTING = { datapointsToAlarm: 3, evaluationPeriods: 5 };
  const { minutes, max, bug } = RETRIES[name];
  const FIRST_FAILURE = { ...MINUTE, datapointsToAlarm: 1, evaluationPeriods: minutes };
  const THIRD_FAILURE = { ...MINUTE, datapointsToAlarm: 3, evaluationPeriods: 3 * minutes };

  it.each([
    [
      "DeadLetters",
      "AWS/SQS",
      "ApproximateNumberOfMessagesVisible",
      { QueueName: queueNamed("DomainEventsDlq") },
      { statistic: "Maximum", threshold: 0, ...MINUTE, ...AT_ONCE },
    ],
    [
      "OldestMessage",
      "AWS/SQS",
      "ApproximateAgeOfOldestMessage",
      { QueueName: queueNamed("DomainEvents") },
      { statistic: "Maximum", threshold: 300, ...MINUTE, ...LASTING },
    ],
    [
      "RelayErrors",
      "AWS/Lambda",
      "Errors",
      FUNCTION("relay"),
      { statistic: "Sum", threshold: 0, ...FIVE_MINUTES, ...AT_ONCE },
    ],
    [
      "RelayThrottles",
      "AWS/Lambda",
      "Throttles",
      FUNCTION("relay"),
      { statistic: "Sum", threshold: 0, ...FIVE_MINUTES, ...LASTING },
    ],
    [
      "PusherMisconfigured",
      fullName,
      "MessagesFailed",
      FAILED("pusher_misconfigured"),
      { statistic: "Sum", threshold: 0, ...FIRST_FAILURE },
    ],
    [
      "PusherRateLimited",
      fullName,
      "MessagesFailed",
      FAILED("pusher_rate_limited"),
      { statistic: "Sum", threshold: 0, ...THIRD_FAILURE },
    ],
    [
      "PusherUnavailable",
      fullName,
      "MessagesFailed",
      FAILED("pusher_unavailable"),
      { statistic: "Sum", threshold: 0, ...THIRD_FAILURE },
    ],
    [
      "RelayOutOfTime",
      fullName,
      "MessagesFailed",
      FAILED("deadline"),
      { statistic: "Sum", threshold: 0, ...THIRD_FAILURE },
    ],
    ["NotDeadLettered", fullName, "MessagesNotDeadLettered", {}, { statistic: "Sum", threshold: 0, ...THIRD_FAILURE }],
    [
      "InternalErrors",
      fullName,
      "MessagesFailed",
      FAILED("internal_error"),
      { statistic: "Sum", threshold: 0, ...FIRST_FAILURE },
    ],
    ["AuthDenials", fullName, "AuthDenied", {}, { statistic: "Sum", threshold: 100, ...FIVE_MINUTES, ...AT_ONCE }],
    [
      "ApiErrors",
      "AWS/ApiGateway",
      "5xx",
      { ApiId: "ApiApi-id" },
      { statistic: "Sum", threshold: 5, ...FIVE_MINUTES, ...AT_ONCE },
    ],
    [
      "RelaySlow",
      "AWS/Lambda",
      "Duration",
      FUNCTION("relay"),
      { extendedStatistic: "p99", threshold: 21_000, ...FIVE_MINUTES, ...LASTING },
    ],
    [
      "AuthSlow",
      "AWS/Lambda",
      "Duration",
      FUNCTION("auth"),
      { extendedStatistic: "p99", threshold: 3_000, ...FIVE_MINUTES, ...LASTING },
    ],
  ])("include %s with its metric and threshold", (id, namespace, metricName, dimensions, rest) => {
    const topic = arnOf(stage.one("aws:sns/topic:Topic", "Alarms"));
    const { alarmDescription, ...inputs } = stage.one(ALARM, id).inputs;
    expect(inputs).toEqual({
      name: `${fullName}-${id}`,
      namespace,
      metricName,
      dimensions,
      ...rest,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [topic],
      okActions: [topic],
    });
    const where = name === "production" ? "https://git.example/realtime/docs/operations.md#" : "docs/operations.md#";
    expect(alarmDescription).toContain(`See ${where}`);
    expect(String(alarmDescription).length).toBeLessThanOrEqual(1024);
  });

  it("include no others", () => expect(stage.all(ALARM)).toHaveLength(14));

  it.each(["PusherMisconfigured", "PusherRateLimited", "PusherUnavailable", "RelayOutOfTime", "NotDeadLettered"])(
    "state in %s how long this stage retries a message",
    (id) => {
      expect(stage.one(ALARM, id).inputs.alarmDescription).toContain(`to the dead-letter queue after ${max}`);
    },
  );

  it("state in InternalErrors when the relay dead-letters a message after a bug", () => {
    const text = `The relay moves the message to the dead-letter queue at receive 5, after about ${bug}`;
    expect(stage.one(ALARM, "InternalErrors").inputs.alarmDescription).toContain(text);
  });

  it("watch only metrics that the dashboard shows", () => {
    const { dashboardBody } = stage.one("aws:cloudwatch/dashboard:Dashboard", "Dashboard").inputs;
    const metrics = Dashboard.parse(JSON.parse(String(dashboardBody))).widgets.flatMap((w) => w.properties.metrics);
    const drawn = metrics.map(([namespace, metric, ...rest]) => [namespace, metric, ...sorted(rest)].join(" "));
    for (const { inputs } of stage.all(ALARM)) {
      const dimensions = Object.entries(z.record(z.string(), z.string()).parse(inputs.dimensions)).toSorted().flat();
      expect(drawn).toContain([inputs.namespace, inputs.metricName, ...dimensions].join(" "));
    }
  });
});

/** The dimensions of a row, sorted by name, without the display options at its end. */
const sorted = (row: readonly unknown[]): readonly unknown[] => {
  const cells = row.filter((cell) => typeof cell === "string");
  const pairs = cells.flatMap((name, index) => (index % 2 === 0 ? [[name, cells[index + 1]]] : []));
  return pairs.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)).flat();
};

const Dashboard = z.object({
  widgets: z.array(z.object({ properties: z.object({ metrics: z.array(z.array(z.unknown())) }) })),
});
