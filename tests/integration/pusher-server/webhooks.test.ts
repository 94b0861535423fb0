import { expect, test } from "vitest";
import { apiOf, startServer } from "../../support/pusher-server.ts";
import { type RawClient, rawClientOf } from "../../support/raw-pusher-client.ts";
import { SILENCE, startWebhookReceiver, type WebhookReceiver } from "../../support/webhook-receiver.ts";

const TIMING = { batchMs: 1, departureDelayMs: 1, retryAfterMs: 1, retryForMs: 60_000 };

interface WebhookEvent {
  readonly name: string;
}

async function startBoth(options: Parameters<typeof startServer>[0] = {}, statuses: readonly number[] = []) {
  const receiver = await startWebhookReceiver(statuses);
  const server = await startServer({ ...options, webhooks: { ...TIMING, ...options.webhooks, url: receiver.url } });
  return { receiver, server, client: await rawClientOf(server) };
}

/** No batch leaves before its twentieth event. */
const ONE_BATCH = { ...TIMING, batchMs: 60_000 };

/** Fills the first batch with further events, and resolves with its events in their order. */
async function fullBatch(receiver: WebhookReceiver, client: RawClient): Promise<readonly WebhookEvent[]> {
  for (let n = 0; n < 20; n += 1) await client.join(`fence-${n}`);
  const { events }: { events: readonly WebhookEvent[] } = JSON.parse((await receiver.next()).rawBody);
  return events;
}

/** Resolves with all events up to the first one of this name, in however many batches they arrive. */
async function receivedUntil(receiver: WebhookReceiver, name: string): Promise<readonly WebhookEvent[]> {
  const received: WebhookEvent[] = [];
  while (!received.some((event) => event.name === name)) {
    const { events }: { events: WebhookEvent[] } = JSON.parse((await receiver.next()).rawBody);
    received.push(...events);
  }
  return received.slice(0, received.findIndex((event) => event.name === name) + 1);
}

async function received(receiver: WebhookReceiver, name: string): Promise<WebhookEvent | undefined> {
  return (await receivedUntil(receiver, name)).at(-1);
}

test("pusher accepts the signature of a webhook", async () => {
  const { receiver, server, client } = await startBoth();
  await client.join("news");
  const webhook = apiOf(server).webhook(await receiver.next());
  expect(webhook.isValid()).toBe(true);
});

test("a webhook has the time of its creation", async () => {
  const { receiver, server, client } = await startBoth({ now: () => 1_700_000_000_000 });
  await client.join("news");
  expect(
    apiOf(server)
      .webhook(await receiver.next())
      .getTime(),
  ).toEqual(new Date(1_700_000_000_000));
});

test("the first subscriber occupies a channel", async () => {
  const { receiver, client } = await startBoth();
  await client.join("news");
  expect(await received(receiver, "channel_occupied")).toEqual({ name: "channel_occupied", channel: "news" });
});

test("the last subscriber vacates a channel", async () => {
  const { receiver, client } = await startBoth();
  await client.join("news");
  client.socket.close();
  expect(await received(receiver, "channel_vacated")).toEqual({ name: "channel_vacated", channel: "news" });
});

test("a member is added", async () => {
  const { receiver, client } = await startBoth();
  await client.join("presence-room", { user_id: "ann" });
  expect(await received(receiver, "member_added")).toEqual({
    name: "member_added",
    channel: "presence-room",
    user_id: "ann",
  });
});

test("a member is removed", async () => {
  const { receiver, client } = await startBoth();
  await client.join("presence-room", { user_id: "ann" });
  client.socket.close();
  expect(await received(receiver, "member_removed")).toEqual({
    name: "member_removed",
    channel: "presence-room",
    user_id: "ann",
  });
});

test("a client event is reported with its sender", async () => {
  const { receiver, client } = await startBoth();
  await client.join("presence-room", { user_id: "ann" });
  client.send({ event: "client-typing", channel: "presence-room", data: '{"on":true}' });
  expect(await received(receiver, "client_event")).toEqual({
    name: "client_event",
    channel: "presence-room",
    event: "client-typing",
    data: '{"on":true}',
    socket_id: client.socketId,
    user_id: "ann",
  });
});

test("a cache miss is reported", async () => {
  const { receiver, client } = await startBoth();
  await client.join("cache-price");
  expect(await received(receiver, "cache_miss")).toEqual({ name: "cache_miss", channel: "cache-price" });
});

test("further cache misses of an occupied channel are not reported until an event fills the cache", async () => {
  let now = Date.now();
  const { receiver, server, client } = await startBoth({ now: () => now, webhooks: ONE_BATCH });
  const others = await Promise.all([1, 2, 3].map(() => rawClientOf(server)));
  for (const one of [client, ...others.slice(0, 2)]) await one.join("cache-price");
  await apiOf(server).trigger("cache-price", "price", {});
  now += 30 * 60 * 1_000;
  for (const one of others.slice(2)) await one.join("cache-price");
  const events = await fullBatch(receiver, client);
  expect(events.filter(({ name }) => name === "cache_miss")).toHaveLength(2);
});

test("a cache miss is reported again after the channel was vacated", async () => {
  const { receiver, client } = await startBoth();
  await client.join("cache-price");
  await received(receiver, "cache_miss");
  client.send({ event: "pusher:unsubscribe", data: { channel: "cache-price" } });
  await received(receiver, "channel_vacated");
  await client.join("cache-price");
  expect(await received(receiver, "cache_miss")).toEqual({ name: "cache_miss", channel: "cache-price" });
});

test("the subscription count is reported if it is enabled", async () => {
  const { receiver, client } = await startBoth({ subscriptionCount: true });
  await client.join("news");
  expect(await received(receiver, "subscription_count")).toEqual({
    name: "subscription_count",
    channel: "news",
    subscription_count: 1,
  });
});

test("a quick return cancels the departure", async () => {
  const { receiver, client } = await startBoth({ webhooks: { ...ONE_BATCH, departureDelayMs: 60_000 } });
  await client.join("news");
  client.send({ event: "pusher:unsubscribe", data: { channel: "news" } });
  await client.join("news");
  const events = await fullBatch(receiver, client);
  expect(events.slice(0, 2)).toEqual([
    { name: "channel_occupied", channel: "news" },
    { name: "channel_occupied", channel: "fence-0" },
  ]);
  expect(events.filter(({ name }) => name !== "channel_occupied")).toEqual([]);
});

test("the twentieth event sends the batch before its window ends", async () => {
  const { receiver, client } = await startBoth({ webhooks: { ...TIMING, batchMs: 60_000 } });
  for (let n = 0; n < 20; n += 1) await client.join(`news-${n}`);
  expect(JSON.parse((await receiver.next()).rawBody).events).toHaveLength(20);
});

test.each([500, 404, 302])("a webhook answered with %i is sent again, unchanged", async (status) => {
  const { receiver, client } = await startBoth({}, [status]);
  await client.join("news");
  const [first, second] = [await receiver.next(), await receiver.next()];
  expect(second.rawBody).toBe(first.rawBody);
});

test("a webhook is retried until the receiver accepts it", async () => {
  const { receiver, client } = await startBoth({}, [500, 500, 500]);
  await client.join("news");
  for (let attempt = 0; attempt < 3; attempt += 1) await receiver.next();
  await expect(receiver.next()).resolves.toBeDefined();
});

test("webhooks without an answer do not delay further webhooks", async () => {
  const { receiver, client } = await startBoth({}, Array(9).fill(SILENCE));
  for (let n = 0; n < 10; n += 1) {
    await client.join(`news-${n}`);
    const { events } = JSON.parse((await receiver.next()).rawBody);
    expect(events).toEqual([{ name: "channel_occupied", channel: `news-${n}` }]);
  }
});

test("a later receiver gets only later events", async () => {
  const server = await startServer({ webhooks: TIMING });
  const client = await rawClientOf(server);
  await client.join("before");
  const receiver = await startWebhookReceiver();
  server.sendWebhooksTo(receiver.url);
  await client.join("after");
  expect(await receivedUntil(receiver, "channel_occupied")).toEqual([{ name: "channel_occupied", channel: "after" }]);
});

test("closing the server ends the retries of a webhook", async () => {
  const { receiver, server, client } = await startBoth({ webhooks: { ...TIMING, retryAfterMs: 60_000 } }, [500]);
  await client.join("news");
  await receiver.next();
  await expect(server.close()).resolves.toBeUndefined();
});
