import { expect, test } from "vitest";
import { APP, startServer } from "../../support/pusher-server.ts";
import { openSocket, rawClientOf } from "../../support/raw-pusher-client.ts";

const SECONDS = 0.05;

test("a ping is answered with a pong", async () => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "pusher:ping", data: {} });
  expect(await client.next("pusher:pong")).toEqual({ event: "pusher:pong", data: "{}" });
});

test("a WebSocket ping is answered as well", async () => {
  const client = await rawClientOf(await startServer());
  const pong = new Promise((resolve) => client.socket.once("pong", resolve));
  client.socket.ping("here");
  expect(String(await pong)).toBe("here");
});

test.each([
  ["text that is no JSON", "hello"],
  ["JSON that is no object", "[1]"],
  ["an object without an event", "{}"],
  ["an event that is no string", '{"event":7}'],
  ["an event nobody knows", '{"event":"pusher:dance"}'],
  ["a subscription without data", '{"event":"pusher:subscribe"}'],
  ["a subscription whose data is a broken string", '{"event":"pusher:subscribe","data":"{"}'],
  ["a subscription to a number", '{"event":"pusher:subscribe","data":{"channel":7}}'],
  ["a sign-in without data", '{"event":"pusher:signin"}'],
  ["a binary frame", Buffer.from('{"event":"pusher:ping"}')],
])("%s is answered with an error", async (_, text) => {
  const client = await rawClientOf(await startServer());
  client.sendText(text);
  expect(await client.next("pusher:error")).toMatchObject({ data: { message: expect.any(String) } });
});

test("a malformed frame does not close the connection", async () => {
  const client = await rawClientOf(await startServer());
  client.sendText("{");
  await client.next("pusher:error");
  expect(await client.settled()).toEqual([]);
});

test("a frame above the limit closes the connection", async () => {
  const client = await rawClientOf(await startServer());
  client.sendText("x".repeat(200_000));
  expect((await client.closed).code).toBe(1009);
});

test("the data of a command may be a JSON string", async () => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "pusher:subscribe", data: JSON.stringify({ channel: "news" }) });
  expect(await client.next("pusher_internal:subscription_succeeded")).toMatchObject({ channel: "news" });
});

test("a silent client is pinged", async () => {
  const client = await rawClientOf(await startServer({ activityTimeoutSeconds: SECONDS }));
  expect(await client.next("pusher:ping")).toEqual({ event: "pusher:ping", data: "{}" });
});

test("a client that does not answer the ping is closed", async () => {
  const client = await rawClientOf(await startServer({ activityTimeoutSeconds: SECONDS, pongTimeoutSeconds: SECONDS }));
  expect((await client.closed).code).toBe(4201);
});

test("a client that answers is pinged again", async () => {
  const client = await rawClientOf(await startServer({ activityTimeoutSeconds: SECONDS }));
  await client.next("pusher:ping");
  client.send({ event: "pusher:pong", data: {} });
  await expect(client.next("pusher:ping")).resolves.toBeDefined();
});

test("an inactive client without ping support is closed", async () => {
  const server = await startServer({ inactivityTimeoutSeconds: SECONDS });
  const { closed } = openSocket(server, `/app/${APP.key}?protocol=4`);
  expect((await closed).code).toBe(4202);
});
