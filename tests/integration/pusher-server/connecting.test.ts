import { expect, test } from "vitest";
import { APP, clientOf, eventOf, startServer } from "../../support/pusher-server.ts";
import { openSocket, parseData, rawClientOf } from "../../support/raw-pusher-client.ts";

test("the first frame has the socket id and the activity timeout as a JSON string", async () => {
  const { inbox } = openSocket(await startServer());
  const { data } = await inbox.next("pusher:connection_established");
  expect(JSON.parse(String(data))).toEqual({ socket_id: expect.stringMatching(/^\d+\.\d+$/), activity_timeout: 120 });
});

test("every client gets its own socket id", async () => {
  const server = await startServer();
  const clients = await Promise.all(Array.from({ length: 20 }, () => rawClientOf(server)));
  expect(new Set(clients.map(({ socketId }) => socketId)).size).toBe(20);
});

test("protocols before 7 get no activity timeout", async () => {
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
])("%s closes the connection", async (_, target, code) => {
  const { closed } = openSocket(await startServer(), target);
  expect((await closed).code).toBe(code);
});

test.each(["protocol=5", "protocol=3", "version=1"])(
  "a rejected client with %s gets an error before the close frame",
  async (query) => {
    const { inbox } = openSocket(await startServer(), `/app/nobody?${query}`);
    expect((await inbox.next("pusher:error")).data).toEqual({ code: 4001, message: expect.stringContaining("nobody") });
  },
);

test.each([6, 7, 8])("a rejected client of protocol %i gets only the close frame", async (protocol) => {
  const { inbox, closed } = openSocket(await startServer(), `/app/nobody?protocol=${protocol}`);
  expect(await closed).toEqual({ code: 4001, reason: expect.stringContaining("nobody") });
  expect(inbox.all()).toEqual([]);
});

test("a connection above the quota is rejected", async () => {
  const server = await startServer({ maxConnections: 1 });
  await rawClientOf(server);
  expect((await openSocket(server).closed).code).toBe(4004);
});

test("pusher-js connects", async () => {
  const client = clientOf(await startServer());
  await eventOf(client.connection, "connected");
  expect(client.connection.socket_id).toMatch(/^\d+\.\d+$/);
});

test("pusher-js gives up with an unknown key", async () => {
  const client = clientOf(await startServer(), {}, "nobody");
  await eventOf(client.connection, "disconnected");
  expect(client.connection.state).toBe("disconnected");
});

test("pusher-js reconnects at once after code 4200", async () => {
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

test("closing the server twice has the effect of closing it once", async () => {
  const server = await startServer();
  await expect(Promise.all([server.close(), server.close()])).resolves.toBeDefined();
});

test("new connections can be rejected for a while", async () => {
  const server = await startServer();
  server.refuseConnections({ code: 4100, message: "Over capacity" });
  const { closed } = openSocket(server);
  expect(await closed).toEqual({ code: 4100, reason: "Over capacity" });
});

test("pusher-js reconnects when the server accepts connections again", async () => {
  const server = await startServer();
  server.refuseConnections({ code: 4100, message: "Over capacity" });
  const client = clientOf(server);
  await eventOf(client.connection, "error");
  server.refuseConnections(undefined);
  await eventOf(client.connection, "connected");
  expect(client.connection.state).toBe("connected");
});
