import { expect, test } from "vitest";
import { apiOf, call, clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { parseData, type RawClient, rawClientOf } from "../../support/raw-pusher-client.ts";

type Address = Parameters<typeof apiOf>[0];

function signin(
  server: Address,
  client: RawClient,
  user: { readonly id: string; readonly watchlist?: string[] },
): void {
  client.send({ event: "pusher:signin", data: apiOf(server).authenticateUser(client.socketId, { ...user }) });
}

async function signedIn(
  server: Address,
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

test("a sign-in with a wrong signature is refused", async () => {
  const client = await rawClientOf(await startServer());
  client.send({ event: "pusher:signin", data: { auth: "test-key:beef", user_data: '{"id":"ann"}' } });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: 4009 });
});

test("a signature of another socket does not sign in", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  client.send({ event: "pusher:signin", data: apiOf(server).authenticateUser("1.1", { id: "ann" }) });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: 4009 });
});

test("a connection cannot become another user", async () => {
  const server = await startServer();
  const client = await signedIn(server, { id: "ann" });
  signin(server, client, { id: "bob" });
  await expect(client.next("pusher:error")).resolves.toBeDefined();
});

test("pusher-js hears what is sent to its user", async () => {
  const server = await startServer();
  const client = clientOf(server, { userId: "ann" });
  client.signin();
  await eventOf(client, "pusher:signin_success");
  const received = eventOf(client.user, "greeting");
  await expect.poll(() => client.user.serverToUserChannel.subscribed).toBe(true);
  await apiOf(server).sendToUser("ann", "greeting", { hello: "Ann" });
  expect(await received).toEqual({ hello: "Ann" });
});

test("nobody else may listen to what is sent to a user", async () => {
  const server = await startServer();
  const client = await signedIn(server, { id: "bob" });
  client.send({ event: "pusher:subscribe", data: { channel: "#server-to-user-ann" } });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: 4009 });
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

test("terminating a user leaves the others alone", async () => {
  const server = await startServer();
  const bob = await signedIn(server, { id: "bob" });
  await apiOf(server).terminateUserConnections("ann");
  expect(await bob.settled()).toEqual([]);
});

test("terminating a user answers with an empty object", async () => {
  const server = await startServer();
  expect(await call(server, "POST", "/users/ann/terminate_connections", {})).toMatchObject({ status: 200, text: "{}" });
});

test("a newcomer is told who of its watchlist is there", async () => {
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

test("pusher-js hears a watched user come online", async () => {
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

test("a watched user with a connection left stays online", async () => {
  const server = await startServer();
  const bob = await signedIn(server, { id: "bob" });
  await signedIn(server, { id: "bob" });
  const ann = await signedIn(server, { id: "ann", watchlist: ["bob"] });
  await ann.next("pusher_internal:watchlist_events");
  bob.socket.close();
  await bob.closed;
  expect(await ann.settled()).toEqual([]);
});

test("a watchlist above the limit is cut, with a warning", async () => {
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
