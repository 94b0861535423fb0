import { expect, test } from "vitest";
import { APP, clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { openSocket, parseData, rawClientOf } from "../../support/raw-pusher-client.ts";

test("a client is greeted with its socket id and the activity timeout, as a JSON string", async () => {
  const { inbox } = openSocket(await startServer());
  const { data } = await inbox.next("pusher:connection_established");
  expect(JSON.parse(String(data))).toEqual({ socket_id: expect.stringMatching(/^\d+\.\d+$/), activity_timeout: 120 });
});

test("every client gets a socket id of its own", async () => {
  const server = await startServer();
  const clients = await Promise.all(Array.from({ length: 20 }, () => rawClientOf(server)));
  expect(new Set(clients.map(({ socketId }) => socketId)).size).toBe(20);
});

test("protocols before 7 are greeted without an activity timeout", async () => {
  const { inbox } = openSocket(await startServer(), `/app/${APP.key}?protocol=5`);
  expect(parseData(await inbox.next("pusher:connection_established"))).not.toHaveProperty("activity_timeout");
});

test.each([
  ["an unknown key", "/app/nobody?protocol=7", 4001],
  ["an unknown path", "/somewhere?protocol=7", 4005],
  ["a path below the key", `/app/${APP.key}/more?protocol=7`, 4005],
  ["a protocol that is no number", `/app/${APP.key}?protocol=seven`, 4006],
  ["a protocol of the future", `/app/${APP.key}?protocol=8`, 4007],
  ["a protocol of the past", `/app/${APP.key}?protocol=3`, 4007],
  ["no protocol", `/app/${APP.key}`, 4008],
])("%s is refused", async (_, target, code) => {
  const { closed } = openSocket(await startServer(), target);
  expect((await closed).code).toBe(code);
});

test("a refused client is told why before it is closed", async () => {
  const { inbox } = openSocket(await startServer(), "/app/nobody?protocol=7");
  expect((await inbox.next("pusher:error")).data).toEqual({ code: 4001, message: expect.stringContaining("nobody") });
});

test("a connection above the quota is refused", async () => {
  const server = await startServer({ maxConnections: 1 });
  await rawClientOf(server);
  expect((await openSocket(server).closed).code).toBe(4004);
});

test("pusher-js connects", async () => {
  const client = clientOf(await startServer());
  await eventOf(client.connection, "connected");
  expect(client.connection.socket_id).toMatch(/^\d+\.\d+$/);
});

test("pusher-js gives up when its key is unknown", async () => {
  const client = clientOf(await startServer(), {}, "nobody");
  await eventOf(client.connection, "disconnected");
  expect(client.connection.state).toBe("disconnected");
});

test("pusher-js comes back at once when it is asked to reconnect", async () => {
  const server = await startServer();
  const client = clientOf(server);
  await eventOf(client.connection, "connected");
  const first = client.connection.socket_id;
  const reconnected = eventOf(client.connection, "connected");
  server.closeConnections(4200, "Generic reconnect immediately");
  await reconnected;
  expect(client.connection.socket_id).not.toBe(first);
});

test("the server closes with the code and reason it is given", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  server.closeConnections(4100, "Over capacity");
  expect(await client.closed).toEqual({ code: 4100, reason: "Over capacity" });
});

test("closing the server closes its clients", async () => {
  const server = await startServer();
  const client = await rawClientOf(server);
  await server.close();
  expect((await client.closed).code).toBe(1001);
});

test("closing the server twice is the same as closing it once", async () => {
  const server = await startServer();
  await expect(Promise.all([server.close(), server.close()])).resolves.toBeDefined();
});

test("new connections can be refused for a while", async () => {
  const server = await startServer();
  server.refuseConnections({ code: 4100, message: "Over capacity" });
  const { closed } = openSocket(server);
  expect(await closed).toEqual({ code: 4100, reason: "Over capacity" });
});

test("pusher-js comes back when the server has room again", async () => {
  const server = await startServer();
  server.refuseConnections({ code: 4100, message: "Over capacity" });
  const client = clientOf(server);
  await eventOf(client.connection, "error");
  server.refuseConnections(undefined);
  await eventOf(client.connection, "connected");
  expect(client.connection.state).toBe("connected");
});
