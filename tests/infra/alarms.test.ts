import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ALARM, arnOf, deployed } from "./deployed.ts";

describe.each(["ci", "production", "other"] as const)("the alarms of %s", (name) => {
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
      { statistic: "Sum", threshold: 0, ...MINUTE, ...AT_ONCE },
    ],
    [
      "PusherRateLimited",
      fullName,
      "MessagesFailed",
      FAILED("pusher_rate_limited"),
      { statistic: "Sum", threshold: 0, ...MINUTE, ...LASTING },
    ],
    [
      "PusherUnavailable",
      fullName,
      "MessagesFailed",
      FAILED("pusher_unavailable"),
      { statistic: "Sum", threshold: 0, ...MINUTE, ...LASTING },
    ],
    [
      "InternalErrors",
      fullName,
      "MessagesFailed",
      FAILED("internal_error"),
      { statistic: "Sum", threshold: 0, ...FIVE_MINUTES, ...AT_ONCE },
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
  ])("%s", (id, namespace, metricName, dimensions, rest) => {
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

  it("are these and no others", () => expect(stage.all(ALARM)).toHaveLength(12));

  it("are drawn on one page, with everything there is", () => {
    const { dashboardBody } = stage.one("aws:cloudwatch/dashboard:Dashboard", "Dashboard").inputs;
    const metrics = Dashboard.parse(JSON.parse(String(dashboardBody))).widgets.flatMap((w) => w.properties.metrics);
    const drawn = metrics.map(([namespace, metric, ...rest]) => [namespace, metric, ...sorted(rest)].join(" "));
    for (const { inputs } of stage.all(ALARM)) {
      const dimensions = Object.entries(z.record(z.string(), z.string()).parse(inputs.dimensions)).toSorted().flat();
      expect(drawn).toContain([inputs.namespace, inputs.metricName, ...dimensions].join(" "));
    }
  });
});

/** A row's dimensions by their names; what follows them is for the eye. */
const sorted = (row: readonly unknown[]): readonly unknown[] => {
  const cells = row.filter((cell) => typeof cell === "string");
  const pairs = cells.flatMap((name, index) => (index % 2 === 0 ? [[name, cells[index + 1]]] : []));
  return pairs.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)).flat();
};

const Dashboard = z.object({
  widgets: z.array(z.object({ properties: z.object({ metrics: z.array(z.array(z.unknown())) }) })),
});
