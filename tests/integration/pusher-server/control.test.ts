import { request } from "node:http";
import { startPusherServer } from "@realtime-gateway/pusher-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CONTROL_ROUTES } from "../../../packages/pusher-server/src/control/control-routes.ts";
import { CONTROL_DOCUMENT, callControl } from "../../support/control-api.ts";
import { APP, apiOf, call } from "../../support/pusher-server.ts";
import { rawClientOf } from "../../support/raw-pusher-client.ts";

const OTHER = { appId: "43", key: "other-key", secret: "other-secret" };

let server: Awaited<ReturnType<typeof startPusherServer>>;
beforeAll(async () => {
  server = await startPusherServer({ apps: [APP, OTHER] });
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const control = (method: string, target: string, body?: unknown, headers?: Readonly<Record<string, string>>) =>
  callControl(server, method, target, body, headers);

it("has the routes and the methods of its document", () => {
  const methodsOf = (routes: Readonly<Record<string, object>>) =>
    Object.entries(routes).map(([path, methods]) => [
      path,
      Object.keys(methods)
        .map((name) => name.toUpperCase())
        .sort(),
    ]);
  expect(methodsOf(CONTROL_ROUTES)).toEqual(methodsOf(CONTROL_DOCUMENT.paths));
});

describe("GET /_control/events", () => {
  it("lists the events that passed, oldest first", async () => {
    await apiOf(server).trigger(["news", "sport"], "update", { id: 1 }, { socket_id: "1.2" });
    const { body } = await control("GET", "events");
    const common = { app: "42", event: "update", text: '{"id":1}', data: { id: 1 }, source: "api", socketId: "1.2" };
    expect(body).toMatchObject({
      events: [
        { ...common, channel: "news" },
        { ...common, channel: "sport" },
      ],
    });
  });

  it.each([
    ["app=43", ["c"]],
    ["channel=news", ["a", "c"]],
    ["event=b", ["b"]],
    ["search=spo", ["b"]],
    ["search=%22id%22%3A3", ["c"]],
    ["limit=1", ["a"]],
    ["channel=nothing", []],
  ])("finds the events of the query %s", async (query, expected) => {
    await apiOf(server).trigger("news", "a", { id: 1 });
    await apiOf(server).trigger("sport", "b", { id: 2 });
    await apiOf(server, OTHER).trigger("news", "c", { id: 3 });
    const { body } = await control("GET", `events?${query}`);
    expect(Object(body).events.map(({ event }: { event: string }) => event)).toEqual(expected);
  });

  it("lists only later events for `since`", async () => {
    await apiOf(server).trigger("news", "a", {});
    const { last } = Object((await control("GET", "events")).body);
    await apiOf(server).trigger("news", "b", {});
    expect((await control("GET", `events?since=${last}`)).body).toMatchObject({
      events: [{ event: "b", number: last + 1 }],
      last: last + 1,
    });
  });

  it.each(["since=-1", "since=x", "limit=0", "limit=1001", "chanel=a"])("rejects the query %s", async (query) => {
    expect(await control("GET", `events?${query}`)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  });
});

it("lists a client event without data", async () => {
  const client = await rawClientOf(server);
  await client.join("private-room");
  client.send({ event: "client-typing", channel: "private-room" });
  await client.settled();
  expect((await control("GET", "events")).body).toMatchObject({ events: [{ event: "client-typing", text: "" }] });
  client.socket.terminate();
});

describe("POST /_control/wait", () => {
  it("answers with an event that has passed", async () => {
    await apiOf(server).trigger("news", "update", { id: 1, more: true });
    const { body } = await control("POST", "wait", { app: "42", channel: "news", event: "update", data: { id: 1 } });
    expect(body).toMatchObject({ channel: "news", data: { id: 1, more: true } });
  });

  it("answers with an event that passes later", async () => {
    const answered = control("POST", "wait", { event: "later" });
    await apiOf(server).trigger("news", "later", {});
    expect((await answered).body).toMatchObject({ event: "later" });
  });

  it("answers 404 with the near misses after the timeout", async () => {
    await apiOf(server).trigger("news", "update", {});
    expect(await control("POST", "wait", { event: "updated", timeoutMs: 0 })).toMatchObject({
      status: 404,
      body: {
        code: "event_not_seen",
        detail: 'No event "updated" within 0 ms.\n  other event: "update"',
        nearMisses: ['other event: "update"'],
      },
    });
  });

  it.each([["{"], ["[]"], [{ timeoutMs: 60_001 }], [{ timeoutMs: -1 }], [{ chanel: "a" }], [{ channel: 1 }]])(
    "rejects the body %j",
    async (body) => {
      expect(await control("POST", "wait", body)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    },
  );
});

it("lists channels with their subscriptions and members", async () => {
  const client = await rawClientOf(server);
  await client.join("presence-room", { user_id: "ann" });
  expect((await control("GET", "channels")).body).toEqual({
    channels: [{ app: "42", channel: "presence-room", subscriptions: 1, members: ["ann"] }],
  });
  client.socket.terminate();
});

it("lists connections with their channels, and closes one of them", async () => {
  const client = await rawClientOf(server);
  await client.join("news");
  const { body } = await control("GET", "connections");
  expect(Object(body).connections).toContainEqual({ app: "42", socketId: client.socketId, channels: ["news"] });
  const request = { socketId: client.socketId, code: 4100, reason: "full" };
  expect((await control("POST", "disconnect", request)).body).toEqual({ disconnected: 1 });
  expect(await client.closed).toEqual({ code: 4100, reason: "full" });
});

it("closes every connection with 4200 without a body", async () => {
  const client = await rawClientOf(server);
  await control("POST", "disconnect");
  expect((await client.closed).code).toBe(4200);
});

it.each([{ code: 3999 }, { code: 5000 }, { reason: "x".repeat(124) }, { app: 1 }])(
  "rejects the disconnect %j",
  async (body) => {
    expect((await control("POST", "disconnect", body)).status).toBe(400);
  },
);

it("adds, counts and clears faults while the server runs", async () => {
  await control("POST", "faults", { status: 503, times: 1, path: "/channels" });
  expect((await call(server, "GET", "/channels")).status).toBe(503);
  expect((await control("GET", "faults")).body).toEqual({
    faults: [
      {
        fault: { match: { path: "/channels" }, effect: { kind: "answer", status: 503 }, when: { times: 1 } },
        matched: 1,
        struck: 1,
      },
    ],
  });
  await control("DELETE", "faults");
  expect((await control("GET", "faults")).body).toEqual({ faults: [] });
});

it.each([["{"], [{}], [{ status: 99 }], [{ status: 503, ms: 1 }], [{ effect: { kind: "explode" } }]])(
  "rejects the fault %j",
  async (fault) => {
    expect(await control("POST", "faults", fault)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  },
);

it("forgets events and faults at a reset, and keeps connections", async () => {
  const client = await rawClientOf(server);
  await client.join("news");
  await apiOf(server).trigger("news", "update", {});
  await control("POST", "faults", { status: 503 });
  expect((await control("POST", "reset")).status).toBe(204);
  expect((await control("GET", "events")).body).toMatchObject({ events: [] });
  expect((await control("GET", "faults")).body).toEqual({ faults: [] });
  expect(server.listenersOf("news")).toBe(1);
  client.socket.terminate();
});

it("is not struck by a fault, and is not in the log of calls", async () => {
  server.faults.add({ status: 503 });
  expect((await control("GET", "channels")).status).toBe(200);
  expect(server.requests.total).toBe(0);
});

describe("a caller that may not use the control API", () => {
  it("gets 403 for another name in Host, as after DNS rebinding", async () => {
    const status = await new Promise((resolve) => {
      const headers = { host: "evil.example" };
      request(`${server.url}/_control/channels`, { headers }, (response) => {
        resolve(response.resume().statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  it("gets 403 for a page of another site", async () => {
    expect(await control("POST", "reset", undefined, { origin: "https://evil.example" })).toMatchObject({
      status: 403,
      body: { code: "not_local" },
    });
  });
});

it.each([
  ["GET", "nothing", 404, "not_found"],
  ["GET", "constructor", 404, "not_found"],
  ["GET", "", 404, "not_found"],
  ["DELETE", "events", 405, "method_not_allowed"],
  ["PATCH", "faults", 405, "method_not_allowed"],
])("answers %s /_control/%s with %i", async (method, target, status, code) => {
  expect(await control(method, target)).toMatchObject({ status, body: { code } });
});

it("names the allowed methods beside a 405", async () => {
  expect((await control("PATCH", "faults")).headers.get("allow")).toBe("GET, POST, DELETE");
});

it("answers a body above 64 KiB with 413", async () => {
  const body = JSON.stringify({ event: "x".repeat(65_536) });
  expect(await control("POST", "wait", body)).toMatchObject({ status: 413, body: { code: "body_too_large" } });
});
