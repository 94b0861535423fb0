import { createHmac } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import * as z from "zod/mini";
import { createCountStaleKeys } from "../../functions/auth/metrics.ts";
import { LOG_METRICS } from "../../infra/settings/log-metrics.ts";
import { startQueue } from "../../packages/local/src/sqs/queue.ts";
import { apiEvent } from "../support/api-event.ts";
import { cloudEvent } from "../support/envelopes.ts";
import { sqsEvent } from "../support/sqs-record.ts";
import { startArtifact, startPusherOf } from "./artifact.ts";
import { ALARM, deployed } from "./deployed.ts";
import { dashboardMetrics, measured } from "./metrics.ts";

const PROGRESS = '{"audit_id":"42","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"}';

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

  it("count a dead letter through the log filter", async () => {
    const { inputs } = deployed("ci").one("aws:cloudwatch/logMetricFilter:LogMetricFilter", "DeadLettersSent");
    expect(inputs).toEqual({
      name: "dead-letters-sent",
      logGroupName: "/aws/lambda/realtime-gateway-ci-relay",
      pattern: '{ $.message.message = "message_dead_lettered" }',
      metricTransformation: { namespace: "realtime-gateway-ci", name: "DeadLettersSent", value: "1", unit: "Count" },
    });
    const relay = startArtifact(deployed("ci"), "Relay", await startQueueOf());
    await relay.invoke(sqsEvent({ m1: "{", m2: "[]" }));
    const counted = relay.records().filter((record) => DeadLettered.safeParse(record).success);
    expect(counted).toHaveLength(2);
  });

  it("are all on the dashboard", async () => {
    const { env } = await startPusherOf("ci", [{ effect: { kind: "answer", status: 503 } }]);
    const relay = startArtifact(deployed("ci"), "Relay", { ...env, ...(await startQueueOf()) });
    await relay.invoke(sqsEvent({ m1: cloudEvent(PROGRESS), m2: "{" }));
    const stale: unknown[] = [];
    createCountStaleKeys("realtime-gateway-ci", { write: (line) => stale.push(JSON.parse(line)), now: () => 0 })();
    const keys = [...relay.records(), ...(await webhookRecords()), ...stale].flatMap(measured);
    expect(keys).toEqual(
      expect.arrayContaining([
        "realtime-gateway-ci InvocationTime service=relay",
        "realtime-gateway-ci MessagesDeadLettered code=invalid_json service=relay",
        "realtime-gateway-ci WebhookEvents event=cache_miss service=webhook",
        "realtime-gateway-ci WebhookEvents event=other service=webhook",
        "realtime-gateway-ci JwksStale service=auth",
      ]),
    );
    const drawn = dashboardMetrics(deployed("ci"));
    for (const key of keys) expect(drawn).toContain(key);
    for (const { id } of LOG_METRICS) expect(drawn).toContain(`realtime-gateway-ci ${id}`);
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

const DeadLettered = z.object({ message: z.looseObject({ message: z.literal("message_dead_lettered") }) });

/** A dead-letter queue, and the variables that lead the relay to it. */
async function startQueueOf(): Promise<Record<string, string>> {
  const queue = await startQueue({ port: 0 });
  onTestFinished(() => queue.stop());
  return {
    REALTIME_DLQ_URL: queue.deadLetterQueueUrl,
    AWS_ENDPOINT_URL_SQS: queue.endpoint,
    AWS_ACCESS_KEY_ID: queue.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: queue.credentials.secretAccessKey,
  };
}

/** What the webhook function writes for one event of each kind that Pusher documents, and an unknown one. */
async function webhookRecords(): Promise<readonly unknown[]> {
  const names = [
    "channel_occupied",
    "channel_vacated",
    "member_added",
    "member_removed",
    "client_event",
    "cache_miss",
    "subscription_count",
    "new_kind",
  ];
  const events = names.map((name) => ({
    name,
    channel: "private-audit-42",
    user_id: "u",
    event: "client-e",
    data: "1",
  }));
  const body = JSON.stringify({ time_ms: Date.now(), events });
  const signature = createHmac("sha256", "dummy-secret").update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-pusher-key": "dummy-key", "x-pusher-signature": signature };
  const webhook = startArtifact(deployed("ci"), "Webhook", {});
  await webhook.invoke(apiEvent({ method: "POST", path: "/api/realtime/pusher/webhook", headers, body }));
  return webhook.records();
}
