import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { createDemoSender } from "../../../packages/local/src/demo/send.ts";
import { startSubscriber } from "../../../packages/local/src/demo/subscriber.ts";
import { startLocalPusher } from "../../../packages/local/src/stack/pusher-target.ts";
import { listenOnFreePort } from "../../support/local-ports.ts";
import { openQueue } from "../../support/local-queue.ts";
import { progressOf } from "../../support/producer-events.ts";
import { receiveAll } from "../../support/producer-queue.ts";

const EVENT = { name: "audit.progress", data: progressOf("42"), envelope: "cloudevents" } as const;

describe("the demo's sender", () => {
  it("sends a CloudEvent with the producer, in the text that it announced", async () => {
    const { queue, sqs } = await openQueue();
    const message = createDemoSender(sqs, queue).event(EVENT);
    await message.send();
    const [sent] = await receiveAll(queue);
    expect(sent?.message).toMatchObject({ Body: message.body, Attributes: { MessageGroupId: "demo" } });
  });

  it("leaves the deduplication id of a FIFO queue to the producer", async () => {
    const { queue, sqs } = await openQueue({ fifo: true });
    const message = createDemoSender(sqs, queue).event(EVENT);
    await message.send();
    await message.send();
    const sent = await receiveAll(queue);
    expect(sent.map(({ id, message: { Attributes } }) => [id, Attributes?.MessageDeduplicationId])).toEqual([
      [JSON.parse(message.body).id, JSON.parse(message.body).id],
    ]);
  });

  it("names the field of an event that the catalog does not accept", async () => {
    const { queue, sqs } = await openQueue();
    const event = { ...EVENT, data: { ...EVENT.data, total_steps: "5" } };
    expect(() => createDemoSender(sqs, queue).event(event)).toThrow('total_steps must be an integer, got "5"');
  });
});

describe("the demo's subscriber", () => {
  it("rejects with the channel and the code of a denied subscription", async () => {
    const target = await startLocalPusher(0);
    onTestFinished(() => target.close());
    const denial = { status: 403, data: { code: "not_granted", detail: "no grant" } };
    const auth = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json", connection: "close" });
      response.end(JSON.stringify({ "private-audit-42": denial }));
    });
    onTestFinished(() => void auth.close());
    const subscribing = startSubscriber({
      target,
      apiUrl: `http://127.0.0.1:${await listenOnFreePort(auth)}`,
      form: "private",
      subjects: [{ kind: "audit", id: "42" }],
      onEvent: () => undefined,
    });
    await expect(subscribing).rejects.toThrow("private-audit-42: not_granted: no grant");
  });
});
