import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { apiEvent } from "../support/api-event.ts";
import { cloudEvent } from "../support/envelopes.ts";
import { sqsEvent } from "../support/sqs-record.ts";
import { startArtifact, startPusherOf } from "./artifact.ts";
import { ALARM, deployed } from "./deployed.ts";

const PROGRESS = '{"audit_id":"42","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"}';

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
