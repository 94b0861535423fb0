import { expect, test } from "vitest";
import { apiOf, call, clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

const EVENT = { name: "update", channel: "news", data: "{}" };

test("pusher-js receives what pusher triggers", async () => {
  const server = await startServer();
  const channel = clientOf(server).subscribe("private-news");
  await eventOf(channel, "pusher:subscription_succeeded");
  const received = eventOf(channel, "update");
  await apiOf(server).trigger("private-news", "update", { text: "grüße 🎉" });
  expect(await received).toEqual({ text: "grüße 🎉" });
});

test("pusher-js receives the events of a batch in order", async () => {
  const server = await startServer();
  const channel = clientOf(server).subscribe("news");
  await eventOf(channel, "pusher:subscription_succeeded");
  const names: string[] = [];
  channel.bind_global((name: string) => names.push(name));
  const last = eventOf(channel, "event-9");
  await apiOf(server).triggerBatch(
    Array.from({ length: 10 }, (_, index) => ({ channel: "news", name: `event-${index}`, data: {} })),
  );
  await last;
  expect(names).toEqual(Array.from({ length: 10 }, (_, index) => `event-${index}`));
});

test("data arrives untouched, JSON or not", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join("news");
  await call(server, "POST", "/events", { ...EVENT, data: 'not json { "' });
  expect(await client.next("update")).toEqual({ event: "update", channel: "news", data: 'not json { "' });
});

test("one event reaches each of its channels once", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join("a");
  await client.join("b");
  await apiOf(server).trigger(["a", "b", "a"], "update", {});
  expect((await client.settled()).map(({ channel }) => channel)).toEqual(["a", "b"]);
});

test("the socket named as the source does not receive the event", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join("news");
  await apiOf(server).trigger("news", "update", {}, { socket_id: client.socketId });
  expect(await client.settled()).toEqual([]);
});

test("each event of a batch names its own source", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join("news");
  await apiOf(server).triggerBatch([
    { channel: "news", name: "mine", data: {}, socket_id: client.socketId },
    { channel: "news", name: "theirs", data: {} },
  ]);
  expect((await client.settled()).map(({ event }) => event)).toEqual(["theirs"]);
});

test.each(["/events", "/batch_events"])("POST %s answers with an empty JSON object", async (path) => {
  const body = path === "/events" ? EVENT : { batch: [EVENT] };
  expect(await call(await startServer(), "POST", path, body)).toEqual({
    status: 200,
    contentType: "application/json",
    text: "{}",
  });
});

test("the answer to an event reports the requested attributes", async () => {
  const server = await startServer({ subscriptionCount: true });
  await (await rawClientOf(server)).join("presence-room", { user_id: "ann" });
  const { text } = await call(server, "POST", "/events", {
    name: "update",
    channels: ["presence-room", "news"],
    data: "{}",
    info: "user_count,subscription_count",
  });
  expect(JSON.parse(text)).toEqual({
    channels: { "presence-room": { user_count: 1, subscription_count: 1 }, news: { subscription_count: 0 } },
  });
});

test("the answer to a batch reports the attributes of each event", async () => {
  const server = await startServer();
  await (await rawClientOf(server)).join("presence-room", { user_id: "ann" });
  const batch = [{ ...EVENT, channel: "presence-room", info: "user_count" }, EVENT];
  expect(JSON.parse((await call(server, "POST", "/batch_events", { batch })).text)).toEqual({
    batch: [{ user_count: 1 }, {}],
  });
});

test.each([
  ["/events", { ...EVENT, info: "subscription_count" }],
  ["/batch_events", { batch: [EVENT, { ...EVENT, info: "subscription_count" }] }],
])("POST %s with the disabled attribute subscription_count publishes nothing", async (path, body) => {
  const server = await startServer();
  const published: string[] = [];
  server.onPublish(({ event }) => published.push(event));
  expect(await call(server, "POST", path, body)).toMatchObject({
    status: 400,
    text: expect.stringContaining("subscription count"),
  });
  expect(published).toEqual([]);
});

test("an event may have its parameters in the query string", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join("news");
  await call(server, "POST", "/events?name=update&data=hello&channel=news");
  expect(await client.next("update")).toMatchObject({ data: "hello" });
});

test.each([
  ["10 240 bytes", "x".repeat(10_240), 200],
  ["10 241 bytes", "x".repeat(10_241), 413],
  ["5 120 two-byte characters", "é".repeat(5_120), 200],
  ["5 121 two-byte characters", "é".repeat(5_121), 413],
])("an event with %s of data gets the status of its size", async (_, data, status) => {
  expect(await call(await startServer(), "POST", "/events", { ...EVENT, data })).toMatchObject({ status });
});

test("one event above the limit rejects the whole batch", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join("news");
  const batch = [EVENT, { ...EVENT, data: "x".repeat(10_241) }];
  const { status } = await call(server, "POST", "/batch_events", { batch });
  expect({ status, heard: await client.settled() }).toEqual({ status: 413, heard: [] });
});

test("a body above the limit is rejected", async () => {
  const body = { ...EVENT, data: "x".repeat(2_000_000) };
  expect(await call(await startServer(), "POST", "/events", body)).toMatchObject({ status: 413 });
});

test.each([
  ["no name", { channel: "news", data: "{}" }],
  ["an empty name", { ...EVENT, name: "" }],
  ["a name of 201 characters", { ...EVENT, name: "x".repeat(201) }],
  ["a reserved name", { ...EVENT, name: "pusher:update" }],
  ["an internal name", { ...EVENT, name: "pusher_internal:update" }],
  ["no data", { name: "update", channel: "news" }],
  ["data that is no string", { ...EVENT, data: { a: 1 } }],
  ["no channel", { name: "update", data: "{}" }],
  ["an empty list of channels", { name: "update", data: "{}", channels: [] }],
  ["a channel with a space", { ...EVENT, channel: "my news" }],
  ["a channel of 165 characters", { ...EVENT, channel: "x".repeat(165) }],
  ["a channel that is no string", { ...EVENT, channel: 7 }],
  ["101 channels", { ...EVENT, channels: Array.from({ length: 101 }, (_, index) => `news-${index}`) }],
  ["an encrypted channel among others", { ...EVENT, channels: ["private-encrypted-a", "b"] }],
  ["a malformed socket id", { ...EVENT, socket_id: "1.2:x" }],
  ["an unknown attribute", { ...EVENT, info: "weather" }],
  ["a body that is no JSON", "{"],
  ["a body that is no object", "[]"],
])("an event with %s is rejected", async (_, body) => {
  expect(await call(await startServer(), "POST", "/events", body)).toMatchObject({
    status: 400,
    contentType: "text/plain; charset=utf-8",
  });
});

test.each([
  ["no batch", {}],
  ["an empty batch", { batch: [] }],
  ["eleven events", { batch: Array.from({ length: 11 }, () => EVENT) }],
  ["an event that is no object", { batch: ["update"] }],
  ["an event without a channel", { batch: [{ name: "update", data: "{}" }] }],
  ["an event with several channels", { batch: [{ name: "update", data: "{}", channels: ["a", "b"] }] }],
])("a batch with %s is rejected", async (_, body) => {
  expect(await call(await startServer(), "POST", "/batch_events", body)).toMatchObject({ status: 400 });
});

test("an event for a hundred channels is accepted", async () => {
  const channels = Array.from({ length: 100 }, (_, index) => `news-${index}`);
  const { status } = await call(await startServer(), "POST", "/events", { name: "update", data: "{}", channels });
  expect(status).toBe(200);
});

test("a listener receives published events in the order of their acceptance", async () => {
  const server = await startServer();
  const seen: unknown[] = [];
  server.onPublish((publication) => seen.push(publication));
  await apiOf(server).trigger(["a", "b"], "update", { n: 1 }, { socket_id: "1.2" });
  expect(seen).toEqual([
    { channel: "a", event: "update", data: '{"n":1}', socketId: "1.2" },
    { channel: "b", event: "update", data: '{"n":1}', socketId: "1.2" },
  ]);
});

test("the next call uses the same connection", async () => {
  const server = await startServer();
  await call(server, "POST", "/events", EVENT);
  const response = await fetch(server.url);
  expect(response.headers.get("connection")).toBe("keep-alive");
});

test("the log has calls without their query string", async () => {
  const server = await startServer();
  await call(server, "POST", "/events", EVENT);
  expect(server.requests.entries).toEqual([{ method: "POST", path: "/apps/42/events", status: 200 }]);
});
