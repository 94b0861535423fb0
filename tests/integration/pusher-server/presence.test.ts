import { expect, test } from "vitest";
import { apiOf, authorize, clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { parseData, rawClientOf } from "../../support/raw-pusher-client.ts";

const ROOM = "presence-room";

test("a new member receives the list of members", async () => {
  const server = await startServer();
  await (await rawClientOf(server)).join(ROOM, { user_id: "ann", user_info: { name: "Ann" } });
  const frame = await (await rawClientOf(server)).join(ROOM, { user_id: "bob" });
  expect(parseData(frame)).toEqual({
    presence: { ids: ["ann", "bob"], hash: { ann: { name: "Ann" }, bob: null }, count: 2 },
  });
});

test("members receive member_added for a new member", async () => {
  const server = await startServer();
  const ann = await rawClientOf(server);
  await ann.join(ROOM, { user_id: "ann" });
  await (await rawClientOf(server)).join(ROOM, { user_id: "bob", user_info: { name: "Bob" } });
  expect(await ann.next("pusher_internal:member_added")).toEqual({
    event: "pusher_internal:member_added",
    channel: ROOM,
    data: JSON.stringify({ user_id: "bob", user_info: { name: "Bob" } }),
  });
});

test("a second connection of a member sends no member_added", async () => {
  const server = await startServer();
  const ann = await rawClientOf(server);
  await ann.join(ROOM, { user_id: "ann" });
  await (await rawClientOf(server)).join(ROOM, { user_id: "ann" });
  expect(await ann.settled()).toEqual([]);
});

test("a second connection of a member is not counted twice", async () => {
  const server = await startServer();
  await (await rawClientOf(server)).join(ROOM, { user_id: "ann" });
  const frame = await (await rawClientOf(server)).join(ROOM, { user_id: "ann" });
  expect(parseData(frame)).toMatchObject({ presence: { ids: ["ann"], count: 1 } });
});

test("members receive member_removed when a member's last connection closes", async () => {
  const server = await startServer();
  const ann = await rawClientOf(server);
  const bob = await rawClientOf(server);
  await ann.join(ROOM, { user_id: "ann" });
  await bob.join(ROOM, { user_id: "bob" });
  bob.socket.close();
  expect(parseData(await ann.next("pusher_internal:member_removed"))).toEqual({ user_id: "bob" });
});

test("a member with another open connection is not removed", async () => {
  const server = await startServer();
  const [ann, bob, bobAgain] = await Promise.all([rawClientOf(server), rawClientOf(server), rawClientOf(server)]);
  await ann.join(ROOM, { user_id: "ann" });
  await bob.join(ROOM, { user_id: "bob" });
  await bobAgain.join(ROOM, { user_id: "bob" });
  await ann.next("pusher_internal:member_added");
  bob.send({ event: "pusher:unsubscribe", data: { channel: ROOM } });
  await bob.settled();
  expect(await ann.settled()).toEqual([]);
});

test("pusher-js finds its own member by an id that was a number", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  const frame = await client.join(ROOM, { user_id: 10, user_info: { name: "Mr. Channels" } });
  expect(parseData(frame)).toEqual({
    presence: { ids: ["10"], hash: { "10": { name: "Mr. Channels" } }, count: 1 },
  });
});

test("pusher-js sees members join and leave", async () => {
  const server = await startServer();
  const channel = clientOf(server, { userId: "ann" }).subscribe(ROOM);
  await eventOf(channel, "pusher:subscription_succeeded");
  const added = eventOf(channel, "pusher:member_added");
  const bob = clientOf(server, { userId: "bob", userInfo: { name: "Bob" } });
  bob.subscribe(ROOM);
  await added;
  const removed = eventOf(channel, "pusher:member_removed");
  bob.disconnect();
  expect(await removed).toEqual({ id: "bob", info: { name: "Bob" } });
});

test.each([
  ["no user id", { user_info: {} }, ""],
  ["a user id of 129 characters", { user_id: "x".repeat(129) }, "128"],
  ["a user object above 1 KB", { user_id: "ann", user_info: { text: "x".repeat(1_024) } }, "1024"],
])("a member with %s is denied", async (_, userData, mention) => {
  const server = await startServer();
  const client = await rawClientOf(server);
  client.send({
    event: "pusher:subscribe",
    data: { channel: ROOM, ...authorize(server, client.socketId, ROOM, userData) },
  });
  expect((await client.next("pusher:error")).data).toMatchObject({ message: expect.stringContaining(mention) });
});

test("a member without channel data is denied", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  client.send({ event: "pusher:subscribe", data: { channel: ROOM, ...authorize(server, client.socketId, ROOM) } });
  expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
});

test("a member with changed channel data is denied", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  const { auth } = authorize(server, client.socketId, ROOM, { user_id: "ann" });
  client.send({
    event: "pusher:subscribe",
    data: { channel: ROOM, auth, channel_data: JSON.stringify({ user_id: "root" }) },
  });
  expect((await client.next("pusher:error")).data).toMatchObject({
    message: expect.stringContaining("Invalid signature"),
  });
});

test("the hundred and first member is denied", async () => {
  const server = await startServer();
  const clients = await Promise.all(Array.from({ length: 100 }, () => rawClientOf(server)));
  await Promise.all(clients.map((client, index) => client.join(ROOM, { user_id: `user-${index}` })));
  const late = await rawClientOf(server);
  late.send({
    event: "pusher:subscribe",
    data: { channel: ROOM, ...authorize(server, late.socketId, ROOM, { user_id: "late" }) },
  });
  expect((await late.next("pusher:error")).data).toMatchObject({ message: expect.stringContaining("100 members") });
});

test("an event reaches the members", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await client.join(ROOM, { user_id: "ann" });
  await apiOf(server).trigger(ROOM, "update", { n: 1 });
  expect(await client.next("update")).toEqual({ event: "update", channel: ROOM, data: '{"n":1}' });
});
