import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { apiEvent } from "../support/api-event.ts";
import { cloudEvent } from "../support/envelopes.ts";
import { sqsEvent } from "../support/sqs-record.ts";
import { startArtifact, startPusherOf } from "./artifact.ts";
import { ALARM, deployed } from "./deployed.ts";

const PROGRESS = '{"audit_id":"42","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"}';

/** The parts of CloudWatch's embedded metric format that these tests read. */
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

/** Every metric in a log record, as `namespace metric dimension=value …`. */
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

describe("the metrics of the artifacts", () => {
  it.each([
    [401, "pusher_misconfigured"],
    [429, "pusher_rate_limited"],
    [503, "pusher_unavailable"],
  ])("count an answer %i of Pusher as %s, which an alarm watches", async (status, code) => {
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

  it("count a rejected message that the dead-letter queue does not accept, through the log filter", async () => {
    const { inputs } = deployed("ci").one("aws:cloudwatch/logMetricFilter:LogMetricFilter", "MessagesNotDeadLettered");
    expect(inputs).toEqual({
      name: "messages-not-dead-lettered",
      logGroupName: "/aws/lambda/realtime-gateway-ci-relay",
      pattern: '{ $.message.message = "message_failed" }',
      metricTransformation: {
        namespace: "realtime-gateway-ci",
        name: "MessagesNotDeadLettered",
        value: "1",
        unit: "Count",
      },
    });
    const closedPort = { AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1" };
    const credentials = { AWS_ACCESS_KEY_ID: "dummy", AWS_SECRET_ACCESS_KEY: "dummy" };
    const relay = startArtifact(deployed("ci"), "Relay", { ...closedPort, ...credentials });
    await relay.invoke(sqsEvent({ m1: "{" }));
    const counted = expect.objectContaining({ message: expect.objectContaining({ message: "message_failed" }) });
    expect(relay.records()).toContainEqual(counted);
  });

  it("count a denied subscription through the log filter", async () => {
    const { inputs } = deployed("ci").one("aws:cloudwatch/logMetricFilter:LogMetricFilter", "AuthDenied");
    expect(inputs).toEqual({
      name: "auth-denied",
      logGroupName: "/aws/lambda/realtime-gateway-ci-auth",
      pattern: '{ $.message.message = "auth_denied" }',
      metricTransformation: {
        namespace: "realtime-gateway-ci",
        name: "AuthDenied",
        value: "$.message.count",
        unit: "Count",
      },
    });
    const auth = startArtifact(deployed("ci"), "Auth", {});
    const body = JSON.stringify({ socket_id: "1.2", channel_name: "private-nothing" });
    const headers = { "content-type": "application/json" };
    await auth.invoke(apiEvent({ method: "POST", path: "/api/realtime/pusher/auth", headers, body }));
    const counted = expect.objectContaining({ message: expect.objectContaining({ message: "auth_denied", count: 1 }) });
    expect(auth.records()).toContainEqual(counted);
  });
});
