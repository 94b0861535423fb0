import { describe, expect, it } from "vitest";
import { ALARM, arnOf, deployed } from "./deployed.ts";
import { dashboardMetrics, metricKey, watchedBy } from "./metrics.ts";
import { faultsWith } from "./plan.ts";
import { ALARMS_KEY } from "./stages.ts";

/** Minutes between two failures of a message, and the texts of the stage's own times. */
const RETRIES = {
  private: { minutes: 4, max: "240 receives, which takes about 12 hours", bug: "12 minutes" },
  urls: { minutes: 4, max: "240 receives, which takes about 12 hours", bug: "12 minutes" },
  ci: { minutes: 4, max: "240 receives, which takes about 12 hours", bug: "12 minutes" },
  production: { minutes: 4, max: "240 receives, which takes about 12 hours", bug: "12 minutes" },
  other: { minutes: 4, max: "5 receives, which takes about 15 minutes", bug: "12 minutes" },
  patient: { minutes: 9, max: "1000 receives, which takes about 5 days 13 hours 20 minutes", bug: "32 minutes" },
} as const;

const SERVER_ERRORS = {
  private: [
    "AWS/ApiGateway",
    "5XXError",
    { ApiName: expect.stringMatching(/^realtime-gateway-private-RestApiApi-[a-z]{8}$/) },
  ],
  default: ["AWS/ApiGateway", "5xx", { ApiId: "ApiApi-id" }],
} as const;

type AlarmRow = [id: string, namespace: string, metricName: string, dimensions: object, rest: object];

describe.each(["ci", "production", "other", "patient", "private", "urls"] as const)("the alarms of %s", (name) => {
  const stage = deployed(name);
  const fullName = `realtime-gateway-${stage.synthesis.stage}`;
  const isFifo = name === "other";
  const suffix = isFifo ? ".fifo" : "";
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

  const QUIET_GROUPS: AlarmRow = [
    "OldestQuietMessage",
    "AWS/SQS",
    "ApproximateAgeOfOldestMessageInQuietGroups",
    { QueueName: queueNamed("DomainEvents") },
    { statistic: "Maximum", threshold: 300, ...MINUTE, ...LASTING },
  ];

  it.each<AlarmRow>([
    // AWS has quiet groups on standard queues only.
    ...(isFifo ? [] : [QUIET_GROUPS]),
    ["NewDeadLetters", fullName, "DeadLettersSent", {}, { statistic: "Sum", threshold: 0, ...MINUTE, ...AT_ONCE }],
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
      "KeysStale",
      fullName,
      "JwksStale",
      { service: "auth" },
      { statistic: "Sum", threshold: 0, ...FIVE_MINUTES, ...AT_ONCE },
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

  it("include no others", () => expect(stage.all(ALARM)).toHaveLength(isFifo ? 16 : 17));

  it("include DeadLetters, which counts the messages that an operator reads too, and does not end for a late metric", () => {
    const { inputs } = stage.one(ALARM, "DeadLetters");
    const metric = (metricName: string) => ({
      metric: {
        namespace: "AWS/SQS",
        metricName,
        dimensions: { QueueName: queueNamed("DomainEventsDlq") },
        period: 60,
        stat: "Maximum",
      },
    });
    expect(inputs).toMatchObject({ threshold: 0, ...AT_ONCE, treatMissingData: "ignore" });
    expect(inputs.metricQueries).toEqual([
      { id: "sum", expression: "m0 + m1", label: "DeadLetters", returnData: true },
      { id: "m0", ...metric("ApproximateNumberOfMessagesVisible") },
      { id: "m1", ...metric("ApproximateNumberOfMessagesNotVisible") },
    ]);
    expect(inputs).not.toHaveProperty("period");
  });

  it("include ApiErrors, which watches the stage's own front", () => {
    const { inputs } = stage.one(ALARM, "ApiErrors");
    expect(inputs).toMatchObject({ threshold: 5, ...AT_ONCE, treatMissingData: "notBreaching" });
    if (name === "urls") {
      expect(inputs.metricQueries).toEqual([
        { id: "sum", expression: "FILL(m0, 0) + FILL(m1, 0) + FILL(m2, 0)", label: "ApiErrors", returnData: true },
        ...["auth", "test-event", "webhook"].map((fn, index) => ({
          id: `m${index}`,
          metric: {
            namespace: "AWS/Lambda",
            metricName: "Url5xxCount",
            dimensions: FUNCTION(fn),
            period: 300,
            stat: "Sum",
          },
        })),
      ]);
      return;
    }
    const [namespace, metricName, dimensions] = SERVER_ERRORS[name === "private" ? "private" : "default"];
    expect(inputs).toMatchObject({ namespace, metricName, dimensions, statistic: "Sum", ...FIVE_MINUTES });
  });

  it("notify within the length that CloudWatch accepts", () => {
    for (const { inputs } of stage.all(ALARM)) {
      expect(String(inputs.alarmDescription).length).toBeLessThanOrEqual(1024);
      expect(inputs).toMatchObject({ alarmActions: inputs.okActions });
    }
  });

  it.each([
    "PusherMisconfigured",
    "PusherRateLimited",
    "PusherUnavailable",
    "RelayOutOfTime",
    "NotDeadLettered",
    "RelayErrors",
    "RelayThrottles",
  ])("state in %s how long this stage retries a message", (id) => {
    expect(stage.one(ALARM, id).inputs.alarmDescription).toContain(
      `to the dead-letter queue after ${max}. Then redrive`,
    );
  });

  it("state in InternalErrors when the relay dead-letters a message after a bug", () => {
    const text = `The relay moves the message to the dead-letter queue at receive 5, after about ${bug}`;
    expect(stage.one(ALARM, "InternalErrors").inputs.alarmDescription).toContain(text);
  });

  it("watch only metrics that the dashboard shows", () => {
    const drawn = dashboardMetrics(stage);
    for (const { inputs } of stage.all(ALARM))
      for (const metric of watchedBy(inputs)) expect(drawn).toContain(metricKey(metric));
  });
});

describe("the alarm topic", () => {
  const TOPIC = "aws:sns/topic:Topic";

  it("does not exist on a stage without alarms, and neither do they", () => {
    const stage = deployed("producers");
    expect([...stage.all(ALARM), ...stage.all(TOPIC)]).toEqual([]);
    expect(stage.synthesis.outputs).not.toHaveProperty("alarmTopicArn");
    expect(stage.all("aws:cloudwatch/dashboard:Dashboard")).toHaveLength(1);
  });

  it("is encrypted with the key that the stage names", () => {
    expect(deployed("private").one(TOPIC, "Alarms").inputs.kmsMasterKeyId).toBe(ALARMS_KEY);
    expect(deployed("ci").one(TOPIC, "Alarms").inputs).not.toHaveProperty("kmsMasterKeyId");
  });

  it.each([
    ["an alias", { GATEWAY_ALARMS_KMS_KEY: "alias/aws/sns" }, "GATEWAY_ALARMS_KMS_KEY must be the ARN of a KMS key"],
    [
      "a key without alarms",
      { GATEWAY_ALARMS_KMS_KEY: ALARMS_KEY, GATEWAY_ALARMS: "0" },
      "GATEWAY_ALARMS_KMS_KEY has no effect with GATEWAY_ALARMS=0",
    ],
  ])("is not deployed with %s", (_, changes, fault) => {
    expect(faultsWith(changes)).toEqual([expect.stringContaining(fault)]);
  });
});
