import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { startStack } from "@realtime-gateway/local";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { buildFunctions } from "../../tools/build.ts";
import { startChecked } from "../support/contract-answers.ts";
import { openQueue } from "../support/local-queue.ts";
import { createInbox, listen } from "../support/stack.ts";

type LogLine = Readonly<Record<string, unknown>>;

/** The whole gateway, with the log of its webhook function and a queue of webhook events. */
async function startGateway() {
  const { queue, sqs } = await openQueue();
  const logged = createInbox<LogLine>();
  const requests = createInbox<{ readonly path: string; readonly status: number }>();
  const stack = await startChecked(startStack, {
    httpPort: 0,
    sqsPort: 0,
    pusherPort: 0,
    env: { REALTIME_WEBHOOK_QUEUE_URL: queue.queueUrl },
    onLog: (name, line) => name === "webhook" && logged.put(JSON.parse(line)),
    onRequest: ({ path, status }) => path.endsWith("/webhook") && requests.put({ path, status }),
  });
  onTestFinished(() => stack.stop());
  return {
    stack,
    requests,
    /** Resolves with the next log line that matches. */
    async logged(matches: (line: LogLine) => boolean): Promise<LogLine> {
      for (;;) {
        const line = await logged.take();
        if (matches(line)) return line;
      }
    },
    /** The next event in the queue, without its time. */
    async queued(): Promise<LogLine> {
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: queue.queueUrl, WaitTimeSeconds: 20 }),
        );
        for (const { Body = "" } of Messages) return JSON.parse(Body);
      }
    },
  };
}

describe("Pusher's webhooks", () => {
  beforeAll(buildFunctions);

  it("report a channel with its first subscriber: as a message, a log record and a metric", async () => {
    const gateway = await startGateway();

    await listen(gateway.stack, ["private-audit-42"]);

    expect(await gateway.queued()).toEqual({
      name: "channel_occupied",
      channel: "private-audit-42",
      time_ms: expect.any(Number),
    });
    expect(await gateway.requests.take()).toEqual({ path: "/api/realtime/pusher/webhook", status: 200 });
    const isMetric = (line: LogLine) => line.WebhookEvents !== undefined;
    expect(await gateway.logged(isMetric)).toMatchObject({ event: "channel_occupied", WebhookEvents: 1 });
    const record = await gateway.logged((line) => JSON.stringify(line).includes("webhook_event"));
    expect(record).toMatchObject({
      requestId: expect.any(String),
      message: { message: "webhook_event", event: "channel_occupied", channel: "private-audit-42" },
    });
  });

  it("report each member who joins a presence channel", async () => {
    const gateway = await startGateway();

    await listen(gateway.stack, ["presence-audit-42"]);

    // Pusher sends a webhook again when the answer is late, and the queue promises no order.
    const events = new Map<unknown, LogLine>();
    while (events.size < 2) {
      const event = await gateway.queued();
      events.set(event.name, event);
    }
    expect(Object.fromEntries(events)).toMatchObject({
      channel_occupied: { channel: "presence-audit-42" },
      member_added: { channel: "presence-audit-42", user_id: expect.any(String) },
    });
  });

  it("are rejected with a wrong signature", async () => {
    const { stack } = await startGateway();

    const response = await fetch(`${stack.apiUrl}/webhook`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-pusher-key": stack.pusher.key, "x-pusher-signature": "0" },
      body: JSON.stringify({ time_ms: Date.now(), events: [{ name: "channel_occupied", channel: "private-audit-1" }] }),
    });

    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "invalid_signature", request_id: expect.any(String) });
  });
});
