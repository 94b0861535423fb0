import { expect, test } from "vitest";
import { clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { type RawClient, rawClientOf } from "../../support/raw-pusher-client.ts";

const CHANNEL = "private-chat";

async function twoClientsOn(channel: string): Promise<readonly [RawClient, RawClient]> {
  const server = await startServer();
  const [ann, bob] = await Promise.all([rawClientOf(server), rawClientOf(server)]);
  await ann.join(channel, { user_id: "ann" });
  await bob.join(channel, { user_id: "bob" });
  return [ann, bob];
}

test("pusher-js receives a client event of another pusher-js", async () => {
  const server = await startServer();
  const [ann, bob] = [clientOf(server).subscribe(CHANNEL), clientOf(server).subscribe(CHANNEL)];
  await Promise.all([ann, bob].map((channel) => eventOf(channel, "pusher:subscription_succeeded")));
  const received = eventOf(bob, "client-typing");
  ann.trigger("client-typing", { on: true });
  expect(await received).toEqual({ on: true });
});

test("data sent as an object arrives as a string", async () => {
  const [ann, bob] = await twoClientsOn(CHANNEL);
  ann.send({ event: "client-typing", channel: CHANNEL, data: { on: true } });
  expect(await bob.next("client-typing")).toEqual({
    event: "client-typing",
    channel: CHANNEL,
    data: '{"on":true}',
  });
});

test("data sent as a string arrives as it is", async () => {
  const [ann, bob] = await twoClientsOn(CHANNEL);
  ann.send({ event: "client-typing", channel: CHANNEL, data: "plain" });
  expect(await bob.next("client-typing")).toMatchObject({ data: "plain" });
});

test("the sender does not receive its own client event", async () => {
  const [ann] = await twoClientsOn(CHANNEL);
  ann.send({ event: "client-typing", channel: CHANNEL, data: "{}" });
  expect(await ann.settled()).toEqual([]);
});

test("a client event of a presence channel names its sender", async () => {
  const [ann, bob] = await twoClientsOn("presence-chat");
  ann.send({ event: "client-typing", channel: "presence-chat", data: "{}" });
  expect(await bob.next("client-typing")).toMatchObject({ user_id: "ann" });
});

test.each([
  ["a public channel", "news", "only supported on private and presence channels"],
  ["an encrypted channel", "private-encrypted-chat", "only supported on private and presence channels"],
])("a client event on %s is rejected", async (_, channel, message) => {
  const [ann] = await twoClientsOn(channel);
  ann.send({ event: "client-typing", channel, data: "{}" });
  expect((await ann.next("pusher:error")).data).toMatchObject({ message: expect.stringContaining(message) });
});

test("a client event without a subscription to its channel is rejected", async () => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "client-typing", channel: CHANNEL, data: "{}" });
  expect((await client.next("pusher:error")).data).toMatchObject({
    message: expect.stringContaining("not subscribed"),
  });
});

test("a client event without a channel is rejected", async () => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "client-typing", data: "{}" });
  await expect(client.next("pusher:error")).resolves.toBeDefined();
});

test("an event without the client- prefix does not reach the channel", async () => {
  const [ann, bob] = await twoClientsOn(CHANNEL);
  ann.send({ event: "typing", channel: CHANNEL, data: "{}" });
  await ann.next("pusher:error");
  expect(await bob.settled()).toEqual([]);
});

test("a client event with 10 KB of data is relayed", async () => {
  const [ann, bob] = await twoClientsOn(CHANNEL);
  ann.send({ event: "client-typing", channel: CHANNEL, data: "x".repeat(10_240) });
  await expect(bob.next("client-typing")).resolves.toBeDefined();
});

test("a client event with one byte above 10 KB is rejected", async () => {
  const [ann] = await twoClientsOn(CHANNEL);
  ann.send({ event: "client-typing", channel: CHANNEL, data: `é${"x".repeat(10_239)}` });
  expect((await ann.next("pusher:error")).data).toMatchObject({ message: expect.stringContaining("10240 bytes") });
});

test("the eleventh client event within a second is rejected", async () => {
  const server = await startServer({ now: () => 1_000_000 });
  const ann = await rawClientOf(server);
  await ann.join(CHANNEL);
  for (let n = 0; n < 11; n += 1) ann.send({ event: "client-typing", channel: CHANNEL, data: "{}" });
  expect((await ann.next("pusher:error")).data).toEqual({
    code: 4301,
    message: "Client event rejected due to rate limit",
  });
});

test("client events are accepted again after a second", async () => {
  let now = 1_000_000;
  const server = await startServer({ now: () => now });
  const ann = await rawClientOf(server);
  await ann.join(CHANNEL);
  for (let n = 0; n < 10; n += 1) ann.send({ event: "client-typing", channel: CHANNEL, data: "{}" });
  await ann.settled();
  now += 1_000;
  ann.send({ event: "client-typing", channel: CHANNEL, data: "{}" });
  expect(await ann.settled()).toEqual([]);
});
