import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { apiEvent } from "../support/api-event.ts";
import { cloudEvent } from "../support/envelopes.ts";
import { sqsEvent } from "../support/sqs-record.ts";
import { startArtifact, startPusherOf } from "./artifact.ts";
import { ALARM, arnOf, deployed } from "./deployed.ts";

const PROGRESS = '{"audit_id":"42","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"}';

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
      "RealtimeGateway",
      "MessagesFailed",
      FAILED("pusher_misconfigured"),
      { statistic: "Sum", threshold: 0, ...MINUTE, ...AT_ONCE },
    ],
    [
      "PusherRateLimited",
      "RealtimeGateway",
      "MessagesFailed",
      FAILED("pusher_rate_limited"),
      { statistic: "Sum", threshold: 0, ...MINUTE, ...LASTING },
    ],
    [
      "PusherUnavailable",
      "RealtimeGateway",
      "MessagesFailed",
      FAILED("pusher_unavailable"),
      { statistic: "Sum", threshold: 0, ...MINUTE, ...LASTING },
    ],
    [
      "InternalErrors",
      "RealtimeGateway",
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

/** CloudWatch's embedded metric format, as far as it is read here. */
const Emf = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** `namespace metric dimension=value …` of everything that a record measures. */
function measured(record: unknown): readonly string[] {
  const emf = Emf.safeParse(record);
  if (!emf.success) return [];
  const { _aws, ...values } = emf.data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) =>
        [Namespace, Name, ...names.toSorted().map((name) => `${name}=${values[name]}`)].join(" "),
      ),
    ),
  );
}

describe("what the alarms watch is what the artifacts say", () => {
  it.each([
    [401, "pusher_misconfigured"],
    [429, "pusher_rate_limited"],
    [503, "pusher_unavailable"],
  ])("Pusher's %i is counted as %s", async (status, code) => {
    const { env } = await startPusherOf("ci", [{ effect: { kind: "answer", status } }]);
    const relay = startArtifact(deployed("ci"), "Relay", env);
    await relay.invoke(sqsEvent({ m1: cloudEvent(PROGRESS) }));
    const alarm = deployed("ci")
      .all(ALARM)
      .map(({ inputs }) => inputs)
      .find(({ dimensions }) => z.object({ code: z.literal(code) }).safeParse(dimensions).success);
    const key = [alarm?.namespace, alarm?.metricName, `code=${code}`, "service=relay"].join(" ");
    expect(relay.records().flatMap(measured)).toContain(key);
  });

  it("a refused subscription is a record that the filter counts", async () => {
    const { inputs } = deployed("ci").one("aws:cloudwatch/logMetricFilter:LogMetricFilter", "AuthDenied");
    expect(inputs).toEqual({
      name: "auth-denied",
      logGroupName: "/aws/lambda/realtime-gateway-ci-auth",
      pattern: '{ $.message.message = "auth_denied" }',
      metricTransformation: { namespace: "realtime-gateway-ci", name: "AuthDenied", value: "1", unit: "Count" },
    });
    const auth = startArtifact(deployed("ci"), "Auth", {});
    const body = JSON.stringify({ socket_id: "1.2", channel_name: "private-nothing" });
    const headers = { "content-type": "application/json" };
    await auth.invoke(apiEvent({ method: "POST", path: "/api/realtime/pusher/auth", headers, body }));
    const counted = expect.objectContaining({ message: expect.objectContaining({ message: "auth_denied" }) });
    expect(auth.records()).toContainEqual(counted);
  });
});
