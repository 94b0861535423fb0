import { expect, test } from "vitest";
import { apiOf, call, clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

const CHANNEL = "private-cache-price";
const HALF_AN_HOUR_MS = 30 * 60 * 1_000;

test("a new subscriber receives the last event", async () => {
  const server = await startServer();
  await apiOf(server).trigger(CHANNEL, "price", { usd: 1 });
  await apiOf(server).trigger(CHANNEL, "price", { usd: 2 });
  const channel = clientOf(server).subscribe(CHANNEL);
  expect(await eventOf(channel, "price")).toEqual({ usd: 2 });
});

test("the last event arrives after the confirmation of the subscription", async () => {
  const server = await startServer();
  await apiOf(server).trigger("cache-price", "price", {});
  const client = await rawClientOf(server);
  client.send({ event: "pusher:subscribe", data: { channel: "cache-price" } });
  const events = (await client.settled()).map(({ event }) => event);
  expect(events.slice(-2)).toEqual(["pusher_internal:subscription_succeeded", "price"]);
});

test("pusher-js gets a cache miss without a last event", async () => {
  const channel = clientOf(await startServer()).subscribe("cache-price");
  await expect(eventOf(channel, "pusher:cache_miss")).resolves.toBeDefined();
});

test("an ordinary channel has no last event", async () => {
  const server = await startServer();
  await apiOf(server).trigger("price", "price", {});
  const client = await rawClientOf(server);
  await client.join("price");
  expect(await client.settled()).toEqual([]);
});

test("the last event expires after half an hour", async () => {
  let now = Date.now();
  const server = await startServer({ now: () => now });
  await apiOf(server).trigger("cache-price", "price", {});
  now += HALF_AN_HOUR_MS;
  const client = await rawClientOf(server);
  await client.join("cache-price");
  expect(await client.next("pusher:cache_miss")).toMatchObject({ channel: "cache-price" });
});

test("the last event can be read with its time to live", async () => {
  const server = await startServer({ now: () => Math.floor(Date.now() / 60_000) * 60_000 });
  await apiOf(server).trigger("cache-price", "price", { usd: 1 });
  expect(JSON.parse((await call(server, "GET", "/channels/cache-price?info=cache")).text)).toEqual({
    occupied: false,
    cache: { data: '{"usd":1}', ttl: 1_800 },
  });
});

test("a client event does not become the last event", async () => {
  const server = await startServer();
  const [ann, bob] = await Promise.all([rawClientOf(server), rawClientOf(server)]);
  await ann.join(CHANNEL);
  ann.send({ event: "client-price", channel: CHANNEL, data: "{}" });
  await ann.settled();
  await bob.join(CHANNEL);
  await expect(bob.next("pusher:cache_miss")).resolves.toBeDefined();
});
