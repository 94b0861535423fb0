import { expect, test } from "vitest";
import { apiOf, call, clientOf, eventOf, type ServerAddress, startServer } from "../../support/pusher-server.ts";
import { parseData, type RawClient, rawClientOf } from "../../support/raw-pusher-client.ts";

function signin(
  server: ServerAddress,
  client: RawClient,
  user: { readonly id: string; readonly watchlist?: string[] },
): void {
  client.send({ event: "pusher:signin", data: apiOf(server).authenticateUser(client.socketId, { ...user }) });
}

async function signedIn(
  server: ServerAddress,
  user: { readonly id: string; readonly watchlist?: string[] },
): Promise<RawClient> {
  const client = await rawClientOf(server);
  signin(server, client, user);
  await client.next("pusher:signin_success");
  return client;
}

test("a sign-in is confirmed with the user's data", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  signin(server, client, { id: "ann" });
  expect(parseData(await client.next("pusher:signin_success"))).toEqual({ user_data: '{"id":"ann"}' });
});

test("a sign-in with a wrong signature is denied", async () => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "pusher:signin", data: { auth: "test-key:beef", user_data: '{"id":"ann"}' } });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
});

test("a failed sign-in keeps its connection", async () => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "pusher:signin", data: { auth: "test-key:beef", user_data: '{"id":"ann"}' } });
  await client.next("pusher:error");
  await expect(client.join("news")).resolves.toMatchObject({ channel: "news" });
});

test("a signature of another socket does not sign in", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  client.send({ event: "pusher:signin", data: apiOf(server).authenticateUser("1.1", { id: "ann" }) });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
});

test("a connection cannot become another user", async () => {
  const server = await startServer();
  const client = await signedIn(server, { id: "ann" });
  signin(server, client, { id: "bob" });
  await expect(client.next("pusher:error")).resolves.toBeDefined();
});

test("pusher-js receives events for its user", async () => {
  const server = await startServer();
  const client = clientOf(server, { userId: "ann" });
  client.signin();
  await eventOf(client, "pusher:signin_success");
  const received = eventOf(client.user, "greeting");
  await expect.poll(() => client.user.serverToUserChannel.subscribed).toBe(true);
  await apiOf(server).sendToUser("ann", "greeting", { hello: "Ann" });
  expect(await received).toEqual({ hello: "Ann" });
});

test("another user's channel is denied", async () => {
  const server = await startServer();
  const client = await signedIn(server, { id: "bob" });
  client.send({ event: "pusher:subscribe", data: { channel: "#server-to-user-ann" } });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
});

test("a signed-in user joins a presence channel without channel data", async () => {
  const server = await startServer();
  const client = await signedIn(server, { id: "ann" });
  const frame = await client.join("presence-room");
  expect(parseData(frame)).toMatchObject({ presence: { ids: ["ann"] } });
});

test("terminating a user closes all of its connections", async () => {
  const server = await startServer();
  const clients = await Promise.all([signedIn(server, { id: "ann" }), signedIn(server, { id: "ann" })]);
  await apiOf(server).terminateUserConnections("ann");
  const codes = (await Promise.all(clients.map(({ closed }) => closed))).map(({ code }) => code);
  expect(codes).toEqual([4009, 4009]);
});

test("terminating a user does not close connections of other users", async () => {
  const server = await startServer();
  const bob = await signedIn(server, { id: "bob" });
  await apiOf(server).terminateUserConnections("ann");
  expect(await bob.settled()).toEqual([]);
});

test("terminating a user answers with an empty object", async () => {
  const server = await startServer();
  expect(await call(server, "POST", "/users/ann/terminate_connections", {})).toMatchObject({ status: 200, text: "{}" });
});

test("a new connection receives the state of its watchlist", async () => {
  const server = await startServer();
  await signedIn(server, { id: "bob" });
  const ann = await signedIn(server, { id: "ann", watchlist: ["bob", "cid"] });
  expect(parseData(await ann.next("pusher_internal:watchlist_events"))).toEqual({
    events: [
      { name: "online", user_ids: ["bob"] },
      { name: "offline", user_ids: ["cid"] },
    ],
  });
});

test("pusher-js receives an event when a watched user comes online", async () => {
  const server = await startServer();
  const client = clientOf(server, { userId: "ann", watchlist: ["bob"] });
  const offline = eventOf(client.user.watchlist, "offline");
  const online = eventOf(client.user.watchlist, "online");
  client.signin();
  await offline;
  await signedIn(server, { id: "bob" });
  expect(await online).toEqual({ name: "online", user_ids: ["bob"] });
});

test("a watched user goes offline with its last connection", async () => {
  const server = await startServer();
  const bob = await signedIn(server, { id: "bob" });
  const ann = await signedIn(server, { id: "ann", watchlist: ["bob"] });
  await ann.next("pusher_internal:watchlist_events");
  bob.socket.close();
  expect(parseData(await ann.next("pusher_internal:watchlist_events"))).toEqual({
    events: [{ name: "offline", user_ids: ["bob"] }],
  });
});

test("a watched user with another open connection is still online", async () => {
  const server = await startServer();
  const bob = await signedIn(server, { id: "bob" });
  await signedIn(server, { id: "bob" });
  const ann = await signedIn(server, { id: "ann", watchlist: ["bob"] });
  await ann.next("pusher_internal:watchlist_events");
  bob.socket.close();
  await bob.closed;
  expect(await ann.settled()).toEqual([]);
});

test("a watchlist above the limit is shortened with a warning", async () => {
  const server = await startServer();
  const watchlist = Array.from({ length: 101 }, (_, index) => `user-${index}`);
  const client = await signedIn(server, { id: "ann", watchlist });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: 4302 });
});

test("signing in twice does not bring a user online twice", async () => {
  const server = await startServer();
  const ann = await signedIn(server, { id: "ann", watchlist: ["bob"] });
  const bob = await signedIn(server, { id: "bob" });
  await ann.next("pusher_internal:watchlist_events");
  await ann.next("pusher_internal:watchlist_events");
  signin(server, bob, { id: "bob" });
  await bob.next("pusher:signin_success");
  expect(await ann.settled()).toEqual([]);
});
