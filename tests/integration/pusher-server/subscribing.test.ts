import { expect, test } from "vitest";
import { apiOf, authorize, clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

test.each([
  "news",
  "private-news",
  "presence-news",
  "private-encrypted-news",
  "cache-news",
  "private-cache-news",
  "presence-cache-news",
  "private-encrypted-cache-news",
  "a_-=@,.;Z9",
  `private-${"x".repeat(156)}`,
])("pusher-js subscribes to %s", async (name) => {
  const channel = clientOf(await startServer()).subscribe(name);
  await eventOf(channel, "pusher:subscription_succeeded");
  expect(channel.subscribed).toBe(true);
});

test("a listener gets the channel of each accepted subscription, until it stops", async () => {
  const server = await startServer();
  const channels: string[] = [];
  const stop = server.onSubscribe((channel) => channels.push(channel));
  const client = await rawClientOf(server);
  client.send({ event: "pusher:subscribe", data: { channel: "private-news" } });
  await client.next("pusher:error");
  await client.join("news");
  stop();
  await client.join("more");
  expect(channels).toEqual(["news"]);
});

test("a public subscription succeeds with empty data, as a JSON string", async () => {
  const client = await rawClientOf(await startServer());
  expect(await client.join("news")).toEqual({
    event: "pusher_internal:subscription_succeeded",
    channel: "news",
    data: "{}",
  });
});

test.each([
  ["a space", "my channel"],
  ["a slash", "a/b"],
  ["a colon", "a:b"],
  ["a hash", "#news"],
  ["165 characters", "x".repeat(165)],
])("a channel name with %s is denied", async (_, channel) => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "pusher:subscribe", data: { channel } });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
});

test.each(["private-news", "presence-news", "private-encrypted-news", "private-cache-news"])(
  "%s requires a signature",
  async (channel) => {
    const client = await rawClientOf(await startServer());
    client.send({ event: "pusher:subscribe", data: { channel } });
    expect((await client.next("pusher:error")).data).toEqual({
      code: null,
      message: `Auth info required to subscribe to ${channel}`,
    });
  },
);

test("a signature for another channel is denied", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  const { auth } = authorize(server, client.socketId, "private-other");
  client.send({ event: "pusher:subscribe", data: { channel: "private-news", auth } });
  expect((await client.next("pusher:error")).data).toMatchObject({
    code: null,
    message: expect.stringMatching(
      /^Invalid signature: Expected HMAC SHA256 hex digest of [\d.]+:private-news, but got/,
    ),
  });
});

test("a signature for another socket is denied", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  const { auth } = authorize(server, "1.1", "private-news");
  client.send({ event: "pusher:subscribe", data: { channel: "private-news", auth } });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
});

test.each(["beef", "test-key:be:ef"])("the malformed auth value %j is denied", async (auth) => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "pusher:subscribe", data: { channel: "private-news", auth } });
  expect((await client.next("pusher:error")).data).toEqual({
    code: null,
    message: "Auth value for subscription to private-news is invalid: should be of format 'key:signature'",
  });
});

test("a signature under another key is denied", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  const { auth } = apiOf(server, { key: "other" }).authorizeChannel(client.socketId, "private-news");
  client.send({ event: "pusher:subscribe", data: { channel: "private-news", auth } });
  expect((await client.next("pusher:error")).data).toMatchObject({
    message: "Invalid key in subscription auth data: 'other'",
  });
});

test("a denied subscriber receives no events of the channel", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  client.send({ event: "pusher:subscribe", data: { channel: "private-news", auth: "test-key:beef" } });
  await client.next("pusher:error");
  await apiOf(server).trigger("private-news", "update", {});
  expect(await client.settled()).toEqual([]);
});

test("a second subscription to the same channel is an error", async () => {
  const client = await rawClientOf(await startServer());
  await client.join("news");
  client.send({ event: "pusher:subscribe", data: { channel: "news" } });
  expect((await client.next("pusher:error")).data).toEqual({
    code: null,
    message: "Existing subscription to channel news",
  });
});

test("a client receives no events after it unsubscribes", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join("news");
  client.send({ event: "pusher:unsubscribe", data: { channel: "news" } });
  await client.settled();
  await apiOf(server).trigger("news", "update", {});
  expect(await client.settled()).toEqual([]);
});

test("unsubscribing without a subscription has no effect", async () => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "pusher:unsubscribe", data: { channel: "news" } });
  expect(await client.settled()).toEqual([]);
});

test("a channel can be joined again after leaving it", async () => {
  const client = await rawClientOf(await startServer());
  await client.join("news");
  client.send({ event: "pusher:unsubscribe", data: { channel: "news" } });
  await expect(client.join("news")).resolves.toMatchObject({ channel: "news" });
});

test("pusher-js decrypts an event of an encrypted channel", async () => {
  const server = await startServer();
  const channel = clientOf(server).subscribe("private-encrypted-news");
  await eventOf(channel, "pusher:subscription_succeeded");
  const received = eventOf(channel, "update");
  await apiOf(server).trigger("private-encrypted-news", "update", { secret: "é" });
  expect(await received).toEqual({ secret: "é" });
});
