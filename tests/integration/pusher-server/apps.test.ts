import { startPusherServer } from "@realtime-gateway/pusher-server";
import Pusher from "pusher";
import { expect, it, onTestFinished } from "vitest";
import { eventOf, PusherClient } from "../../support/pusher-server.ts";
import { startWebhookReceiver } from "../../support/webhook-receiver.ts";

const FIRST = { appId: "1", key: "key-1", secret: "secret-1" };
const SECOND = { appId: "2", key: "key-2", secret: "secret-2" };
const APPS = [FIRST, SECOND];

it("starts with one app and no options, and serves both libraries with its own", async () => {
  await using server = await startPusherServer();
  const client = new PusherClient(server.options.key, server.options);
  onTestFinished(() => client.disconnect());
  const channel = client.subscribe("my-channel");
  await eventOf(channel, "pusher:subscription_succeeded");
  const received = eventOf(channel, "hello");
  await new Pusher(server.options).trigger("my-channel", "hello", { from: "me" });
  expect(await received).toEqual({ from: "me" });
});

it("gives each client options of its own, because pusher-js adds members to them", async () => {
  await using server = await startPusherServer();
  const { options } = server;
  const before = structuredClone(options);
  const client = new PusherClient(server.options.key, server.options);
  onTestFinished(() => client.disconnect());
  expect(options).toEqual(before);
  expect(server.options).toEqual(before);
});

it("sends an event to the subscribers of its own app only", async () => {
  await using server = await startPusherServer({ apps: APPS });
  const received: string[] = [];
  const clients = APPS.map(({ appId, key }) => {
    const client = new PusherClient(key, server.optionsOf(appId));
    onTestFinished(() => client.disconnect());
    const channel = client.subscribe("news");
    channel.bind("update", ({ app }: { app: string }) => received.push(`${app} in ${appId}`));
    return { channel, appId };
  });
  await Promise.all(clients.map(({ channel }) => eventOf(channel, "pusher:subscription_succeeded")));
  const both = clients.map(({ channel }) => eventOf(channel, "update"));
  for (const { appId } of APPS) await new Pusher(server.optionsOf(appId)).trigger("news", "update", { app: appId });
  await Promise.all(both);
  expect(received.sort()).toEqual(["1 in 1", "2 in 2"]);
});

it("lists the channels and the connections of each app", async () => {
  await using server = await startPusherServer({ apps: APPS });
  const client = new PusherClient("key-2", server.optionsOf("2"));
  onTestFinished(() => client.disconnect());
  await eventOf(client.subscribe("news"), "pusher:subscription_succeeded");
  expect(server.channels()).toEqual([{ app: "2", channel: "news", subscriptions: 1 }]);
  expect(server.connections()).toEqual([{ app: "2", socketId: client.connection.socket_id, channels: ["news"] }]);
});

it("signs the webhooks of each app with its own key", async () => {
  const receiver = await startWebhookReceiver();
  await using server = await startPusherServer({ apps: APPS, webhooks: { url: receiver.url, batchMs: 1 } });
  for (const { appId, key } of APPS) {
    const client = new PusherClient(key, server.optionsOf(appId));
    onTestFinished(() => client.disconnect());
    client.subscribe("news");
    const { headers, rawBody } = await receiver.next();
    expect(new Pusher(server.optionsOf(appId)).webhook({ headers, rawBody }).isValid()).toBe(true);
  }
});

it("rejects the signature of another app", async () => {
  await using server = await startPusherServer({ apps: APPS });
  const mixed = new Pusher({ ...server.optionsOf("1"), appId: "2" });
  await expect(mixed.trigger("news", "update", {})).rejects.toMatchObject({ status: 401 });
});

it("reports the app of a published event", async () => {
  await using server = await startPusherServer({ apps: APPS });
  const apps: string[] = [];
  const stop = server.onPublish((_, app) => apps.push(app));
  await new Pusher(server.optionsOf("2")).trigger("news", "update", {});
  stop();
  await new Pusher(server.optionsOf("1")).trigger("news", "update", {});
  expect(apps).toEqual(["2"]);
});

it("makes clients reconnect and subscribe again after disconnectAll", async () => {
  await using server = await startPusherServer();
  const client = new PusherClient(server.options.key, server.options);
  onTestFinished(() => client.disconnect());
  const channel = client.subscribe("news");
  await eventOf(channel, "pusher:subscription_succeeded");
  const again = eventOf(channel, "pusher:subscription_succeeded");
  server.disconnectAll();
  await again;
  expect(server.listenersOf("news")).toBe(1);
});

it.each([
  ["0.0.0.0", "127.0.0.1"],
  ["::1", "[::1]"],
])("leads clients of a server on %s to %s", async (host, expected) => {
  await using server = await startPusherServer({ host });
  expect(server.options).toMatchObject({ host: expected, wsHost: expected });
  expect((await new Pusher(server.options).get({ path: "/channels" })).status).toBe(200);
});

it("names the apps that it has for an unknown id", async () => {
  await using server = await startPusherServer({ apps: APPS });
  expect(() => server.optionsOf("3")).toThrow("The server has no app 3. It has 1, 2.");
});

it.each([
  ["no app", [], "apps must not be empty"],
  ["two apps with one id", [FIRST, { ...SECOND, appId: "1" }], 'Two apps have the appId "1"'],
  ["two apps with one key", [FIRST, { ...SECOND, key: "key-1" }], 'Two apps have the key "key-1"'],
])("does not start with %s", async (_, apps, reason) => {
  await expect(startPusherServer({ apps })).rejects.toThrow(reason);
});

const { secret: _, ...WITHOUT_SECRET } = SECOND;

it.each([
  [{ maxConnection: 2 }, /^Invalid options: options\.maxConnection is unknown \(known: apps, .*maxConnections, now\)$/],
  [{ port: "abc" }, "options.port must be a whole number from 0 to 65535, not 'abc'"],
  [{ port: 65_536 }, "options.port must be a whole number from 0 to 65535, not 65536"],
  [{ tls: { cert: "x" } }, "options.tls must be true, false or an object with cert and key"],
  [{ pongTimeoutSeconds: Number.POSITIVE_INFINITY }, "options.pongTimeoutSeconds must be a number from 0 to 2147483"],
  [{ maxConnections: "2" }, "options.maxConnections must be a whole number from 0 up, or Infinity, not '2'"],
  [{ faults: { status: 503 } }, "options.faults must be a list"],
  [{ webhooks: { batchMS: 1 } }, /webhooks\.batchMS is unknown \(known: url, batchMs, .*\)$/],
  [{ webhooks: { batchMs: "1", uri: "x" } }, /webhooks\.batchMs must be a number .*; webhooks\.uri is unknown/],
  [{ webhooks: "http://a.test/h" }, "options.webhooks must be an object"],
  [{ apps: [FIRST, WITHOUT_SECRET] }, "apps[1].secret is required: it must be a string that is not empty"],
  [{ apps: [{ ...FIRST, secret: "" }] }, "apps[0].secret must be a string that is not empty, not ''"],
  [{ apps: [null] }, "apps[0] must be an object, not null"],
])("does not start with the options %j", async (options, expected) => {
  // As a test in JavaScript passes them.
  await expect(startPusherServer(Object(options))).rejects.toThrow(expected);
});

it("starts with options that have no limit", async () => {
  const unlimited = Number.POSITIVE_INFINITY;
  await using server = await startPusherServer({ maxConnections: unlimited, authorizationTimeoutSeconds: unlimited });
  expect(server.port).toBeGreaterThan(0);
});

it.each(["localhost:3000/hooks", "/hooks", "ftp://127.0.0.1/hooks"])(
  "does not start with the webhook receiver %s",
  async (url) => {
    await expect(startPusherServer({ webhooks: { url } })).rejects.toThrow(
      `webhooks.url must be an http or https URL, not "${url}"`,
    );
  },
);
