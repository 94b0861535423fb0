import { describe, expect, it } from "vitest";
import { leastEnvironment } from "../../support/environment.ts";
import { openWebhookQueue, startWebhookFunction } from "../../support/webhook-function.ts";
import { OCCUPIED, webhookBody, webhookHeaders } from "../../support/webhooks.ts";

const CLIENT_EVENT = {
  name: "client_event",
  channel: "presence-audit-42",
  event: "client-s3cr3t",
  data: '{"typed":"s3cr3t é🎧"}',
  user_id: "s3cr3t",
};
const now = (...events: readonly unknown[]) => webhookBody(events, Date.now());

const parse = (line: string): Readonly<Record<string, unknown>> => JSON.parse(line);

describe("the webhook's bundle", () => {
  it.each([false, true])("verifies the bytes of API Gateway's event, as base64: %s", async (base64) => {
    const webhook = startWebhookFunction();
    expect(await webhook.send(now(OCCUPIED, CLIENT_EVENT), { base64 })).toEqual({ status: 200, body: { received: 2 } });
  });

  it("writes metrics and log records with the request id, without users' data", async () => {
    const webhook = startWebhookFunction();
    const body = now(OCCUPIED, CLIENT_EVENT);
    await webhook.send(body);
    const lines = webhook.logs.map(parse);
    expect(lines.filter(({ WebhookEvents }) => WebhookEvents === 1).map(({ event }) => event)).toEqual([
      "channel_occupied",
      "client_event",
    ]);
    const records = lines.filter(({ message }) => JSON.stringify(message ?? "").includes("webhook_event"));
    expect(records).toHaveLength(2);
    for (const { requestId } of records) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const signature = String(webhookHeaders(body)["x-pusher-signature"]);
    for (const secret of ["s3cr3t", leastEnvironment.PUSHER_SECRET, leastEnvironment.PUSHER_KEY, signature])
      expect(webhook.logs.join("\n")).not.toContain(secret);
  });

  it("answers an unsigned webhook with a problem and the request id, and does not log its body", async () => {
    const webhook = startWebhookFunction();
    const headers = { ...webhookHeaders(now(OCCUPIED)), "x-pusher-signature": "0".repeat(64) };
    expect(await webhook.send(now(OCCUPIED), { headers })).toMatchObject({
      status: 401,
      body: { code: "invalid_signature", request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(webhook.logs.filter((line) => line.includes("webhook_event"))).toEqual([]);
  });
});

describe("with a queue", () => {
  const events = Array.from({ length: 20 }, (_, index) => ({
    ...CLIENT_EVENT,
    channel: `presence-audit-${index % 3}`,
    index,
  }));

  it("sends a message per event, ten a call, with the time of the webhook", async () => {
    const queue = await openWebhookQueue();
    const body = now(...events);
    expect(await startWebhookFunction(queue.env).send(body)).toMatchObject({ status: 200 });
    expect(queue.actions).toEqual(["SendMessageBatch", "SendMessageBatch"]);
    const { time_ms } = JSON.parse(body);
    const received = (await queue.messages()).map(({ Body = "" }) => JSON.parse(Body));
    expect(received.toSorted((a, b) => a.index - b.index)).toEqual(events.map((event) => ({ ...event, time_ms })));
  });

  it("sends nothing for a webhook without events", async () => {
    const queue = await openWebhookQueue();
    expect(await startWebhookFunction(queue.env).send(now())).toEqual({ status: 200, body: { received: 0 } });
    expect(queue.actions).toEqual([]);
  });

  it("keeps each event once and in the order of its channel on a FIFO queue, though Pusher sends twice", async () => {
    const queue = await openWebhookQueue({ fifo: true });
    const webhook = startWebhookFunction(queue.env);
    const body = now(...events);
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await webhook.send(body)).status).toBe(200);
    const received = await queue.messages();
    expect(received).toHaveLength(events.length);
    for (const channel of ["presence-audit-0", "presence-audit-1", "presence-audit-2"]) {
      const ofGroup = received.filter(({ Attributes }) => Attributes?.MessageGroupId === channel);
      expect(ofGroup.map(({ Body = "" }) => JSON.parse(Body).index)).toEqual(
        events.filter((event) => event.channel === channel).map(({ index }) => index),
      );
    }
  });

  it("answers 503 if the queue accepts only some events, and the second time completes them without duplicates", async () => {
    let healthy = false;
    const queue = await openWebhookQueue({
      fifo: true,
      async onCall({ body, forward }) {
        if (healthy) return forward();
        const { Entries, ...rest } = JSON.parse(body);
        const [refused, ...others] = Entries;
        const answer = JSON.parse(await forward(JSON.stringify({ ...rest, Entries: others })));
        return JSON.stringify({ ...answer, Failed: [{ Id: refused.Id, Code: "InternalError", SenderFault: false }] });
      },
    });
    const webhook = startWebhookFunction(queue.env);
    const body = now(...events.slice(0, 5));
    expect(await webhook.send(body)).toMatchObject({ status: 503, body: { code: "queue_unavailable" } });
    expect(webhook.logs.join("\n")).toContain("PartlyRefused");
    expect(webhook.logs.join("\n")).not.toContain("WebhookEvents");
    healthy = true;
    expect(await webhook.send(body)).toMatchObject({ status: 200 });
    const received = (await queue.messages()).map(({ Body = "" }) => JSON.parse(Body).index);
    expect(received.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
  });

  it.each<[string, () => Promise<string>]>([
    ["breaks off", () => Promise.reject(new Error("broken"))],
    ["answers what is no SQS", async () => "<html>"],
    ["never answers", () => new Promise(() => undefined)],
  ])("that %s, the webhook answers 503 all the same", async (_what, onCall) => {
    const queue = await openWebhookQueue({ onCall });
    const webhook = startWebhookFunction(queue.env);
    expect(await webhook.send(now(OCCUPIED))).toMatchObject({ status: 503, body: { code: "queue_unavailable" } });
    expect(webhook.logs.join("\n")).toContain("webhook_not_queued");
  });
});
