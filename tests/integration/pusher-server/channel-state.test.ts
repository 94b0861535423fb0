import { expect, test } from "vitest";
import { apiOf, call, startServer } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

async function startOccupied() {
  const server = await startServer({ subscriptionCount: true });
  const [ann, bob] = await Promise.all([rawClientOf(server), rawClientOf(server)]);
  await ann.join("presence-room", { user_id: "ann" });
  await bob.join("presence-room", { user_id: "bob" });
  await ann.join("news");
  return server;
}

test.each([
  ["/channels", { channels: { "presence-room": {}, news: {} } }],
  ["/channels?filter_by_prefix=presence-", { channels: { "presence-room": {} } }],
  ["/channels?filter_by_prefix=presence-&info=user_count", { channels: { "presence-room": { user_count: 2 } } }],
  ["/channels?filter_by_prefix=nothing", { channels: {} }],
  ["/channels/news", { occupied: true }],
  ["/channels/empty", { occupied: false }],
  ["/channels/cache-empty?info=cache", { occupied: false, cache: null }],
  [
    "/channels/presence-room?info=user_count,subscription_count",
    { occupied: true, user_count: 2, subscription_count: 2 },
  ],
  ["/channels/news?info=subscription_count", { occupied: true, subscription_count: 1 }],
  ["/channels/presence-room/users", { users: [{ id: "ann" }, { id: "bob" }] }],
  ["/channels/presence-empty/users", { users: [] }],
])("GET %s returns the state of the channels", async (path, expected) => {
  const { text } = await call(await startOccupied(), "GET", path);
  expect(JSON.parse(text)).toEqual(expected);
});

test.each([
  "/channels?info=user_count",
  "/channels?filter_by_prefix=private-&info=user_count",
  "/channels?info=weather",
  "/channels/news?info=user_count",
  "/channels/news?info=cache",
  "/channels/news/users",
  "/channels/my%20news",
  "/channels?info=subscription_count",
  "/channels/news?info=subscription_count",
])("GET %s returns 400", async (path) => {
  expect(await call(await startServer(), "GET", path)).toMatchObject({ status: 400 });
});

test.each(["/channels?info=weather", "/channels/news?info=weather,cache", "/channels/news?info=,"])(
  "GET %s explains the form of info",
  async (path) => {
    const { text } = await call(await startServer(), "GET", path);
    expect(text).toBe("info should be a comma separated list of attributes\n");
  },
);

test("pusher reads the state of a channel", async () => {
  const response = await apiOf(await startOccupied()).get({
    path: "/channels/presence-room",
    params: { info: "user_count" },
  });
  expect(await response.json()).toEqual({ occupied: true, user_count: 2 });
});

test("a channel without subscribers is no longer listed", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join("news");
  client.send({ event: "pusher:unsubscribe", data: { channel: "news" } });
  await client.settled();
  expect(await call(server, "GET", "/channels")).toMatchObject({ text: '{"channels":{}}' });
});
