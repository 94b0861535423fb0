import { format } from "node:util";
import { PusherJs } from "@realtime-gateway/local";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { batchHandler } from "../../examples/browser/batch.ts";
import { pusherOptions } from "../../examples/browser/pusher-options.ts";
import { app as expressApp } from "../../examples/express/server.ts";
import { POST as authRoute } from "../../examples/nextjs/app/api/pusher/auth/route.ts";
import type { Agent } from "../support/clients/agent.ts";
import { type Driver, startNodeDriver } from "../support/clients/driver.ts";
import { type ExampleGateway, startExampleGateway } from "../support/clients/example-gateway.ts";
import { EXAMPLES, nextApp, pointExamplesAt, sessionOf } from "../support/clients/examples.ts";
import { serveNode, serveRequests, type WebServer } from "../support/clients/web-server.ts";
import { hmac, makeToken, PROXY_SECRET } from "../support/tokens.ts";

let gateway: ExampleGateway;
let driver: Driver;
beforeAll(async () => {
  driver = await startNodeDriver();
  gateway = await startExampleGateway();
});
afterAll(() => gateway.stop());
pointExamplesAt(() => gateway);

describe.each(EXAMPLES)("the $example example", ({ serve }) => {
  let server: WebServer;
  beforeAll(async () => {
    server = await serve();
  });
  afterAll(() => server.stop());

  async function open(session?: string, options: { readonly batched?: boolean } = {}): Promise<Agent> {
    const authUrl = `${server.origin}/api/pusher/auth`;
    const userAuthUrl = `${server.origin}/api/pusher/user-auth`;
    const token = session === undefined ? {} : { token: session };
    const agent = await driver.open({ ...gateway.address, authUrl, userAuthUrl, ...token, ...options });
    onTestFinished(() => agent.close());
    return agent;
  }

  it("publishes events to a user who may join the channel", async () => {
    const alice = await open(sessionOf("alice", ["42"]));

    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: true });
    await gateway.publish("audit.config_loaded", { audit_id: "42" });

    expect(await alice.next("private-audit-42")).toEqual({ event: "audit.config_loaded", data: { audit_id: "42" } });
  });

  it("answers 403 for another user's channel, without a request to the gateway", async () => {
    const alice = await open(sessionOf("alice", ["42"]));
    const askedBefore = gateway.asked("POST /auth");

    for (const channel of ["private-audit-420", "presence-audit-4", "private-fiche-42", "private-unheard-of"])
      expect(await alice.subscribe(channel)).toEqual({ joined: false, status: 403 });

    expect(gateway.asked("POST /auth")).toBe(askedBefore);
  });

  it("distinguishes an id from the encoded form of another id", async () => {
    const alice = await open(sessionOf("alice", ["a:b"]));
    expect(await alice.subscribe("private-audit-a=3Ab")).toEqual({ joined: true });

    const mallory = await open(sessionOf("mallory", ["a=3Ab"]));
    expect(await mallory.subscribe("private-audit-a=3Ab")).toEqual({ joined: false, status: 403 });
    expect(await mallory.subscribe("private-audit-a=3D3Ab")).toEqual({ joined: true });
  });

  it.each([
    ["with a content length", (body: string) => body],
    ["in chunks", (body: string) => new Blob([body]).stream()],
  ])("rejects a body of 200 KB %s without a stack trace, and continues to serve", async (_how, sent) => {
    for (const route of ["auth", "user-auth"]) {
      const answer = await fetch(`${server.origin}/api/pusher/${route}`, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          authorization: `Bearer ${sessionOf("alice", ["42"])}`,
        },
        body: sent(`socket_id=1.1&channel_name=private-audit-42&more=${"x".repeat(200_000)}`),
        duplex: "half",
      });
      const problem = await answer.text();
      expect([400, 413]).toContain(answer.status);
      expect(JSON.parse(problem)).toMatchObject({ status: answer.status, code: expect.any(String) });
      expect(problem).not.toContain("node_modules");
    }
    const alice = await open(sessionOf("alice", ["42"]));
    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: true });
  });

  it.each([
    ["a request without a session", undefined],
    ["a session of another issuer", sessionOf("alice", ["42"], "another-s3cr3t-another-s3cr3t-an")],
  ])("answers 401 to %s", async (_what, session) => {
    const nobody = await open(session);

    expect(await nobody.subscribe("private-global")).toEqual({ joined: false, status: 401 });
    expect(await nobody.signIn()).toEqual({ denied: 401 });
  });

  it("uses the session's user for presence channels and for the sign-in", async () => {
    const alice = await open(sessionOf("alice", ["42"]));
    const info = { name: "ALICE" };

    expect(await alice.subscribe("presence-audit-42")).toEqual({ joined: true, me: "alice", members: { alice: info } });
    expect(await alice.signIn()).toEqual({ user: { id: "alice", user_info: info } });
  });

  it("answers each channel of a pusher-js-auth batch", async () => {
    const ids = Array.from({ length: 98 }, (_, number) => `${number}-${"x".repeat(100)}`);
    const alice = await open(sessionOf("alice", ids), { batched: true });
    const own = ids.map((id) => `private-audit-${id}`);

    const outcomes = await alice.subscribeAll([...own, "private-audit-98", "private-unheard-of"]);

    expect(outcomes).toEqual([...own.map(() => ({ joined: true })), { joined: false }, { joined: false }]);
    // API Gateway accepts 10,240 bytes of headers.
    for (const { assertion } of gateway.forwarded) expect(assertion.length).toBeLessThan(10_000);
  });

  it("sends an assertion that works for no other connection, channel or sign-in", async () => {
    const alice = await open(sessionOf("alice", ["42"]));
    await alice.subscribe("private-audit-42");
    const stolen = gateway.forwarded.at(-1) ?? { path: "", assertion: "", body: "" };
    expect((await gateway.ask(stolen)).status).toBe(200);
    const [, socketId = ""] = /socket_id=([\d.]+)/.exec(stolen.body) ?? [];

    for (const misuse of [
      { ...stolen, body: "socket_id=1.1&channel_name=private-audit-42" },
      { ...stolen, body: `socket_id=${socketId}&channel_name=private-audit-43` },
      { ...stolen, path: "/user-auth", body: `socket_id=${socketId}` },
    ]) {
      const answer = await gateway.ask(misuse);
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: "assertion_mismatch" }]);
    }
  });

  it("answers 503 if the gateway does not trust it or does not answer", async () => {
    const alice = await open(sessionOf("alice", ["42"]));
    silentErrors();

    vi.stubEnv("REALTIME_PROXY_SECRET", "mistaken-s3cr3t-mistaken-s3cr3t-");
    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: false, status: 503 });
    // `fetch` never connects to port 9.
    vi.stubEnv("REALTIME_GATEWAY_URL", "http://127.0.0.1:9");
    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: false, status: 503 });
  });
});

/** Keeps errors that an example logs out of the test's output. */
function silentErrors() {
  const logged = vi.spyOn(console, "error").mockReturnValue();
  onTestFinished(() => logged.mockRestore());
  return logged;
}

describe("the Next.js route", () => {
  const FORM = "socket_id=1.1&channel_name=private-audit-42";
  const ask = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    authRoute(
      new Request("https://app.example/api/pusher/auth", {
        method: "POST",
        body,
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          cookie: `theme=dark; session=${sessionOf("alice", ["42"])}`,
          ...headers,
        },
      }),
    );

  it("reads the session from a cookie", async () => {
    const answer = await ask("socket_id=1.1&channel_name=private-audit-42");

    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual({ auth: expect.stringMatching(/^local-key:[0-9a-f]{64}$/) });
  });

  it.each([
    ["nothing", ""],
    ["no socket", "channel_name=private-audit-42"],
    ["no channel", "socket_id=1.1"],
    ["two sockets", "socket_id=1.1&socket_id=2.2&channel_name=private-audit-42"],
    ["two channels", "socket_id=1.1&channel_name=private-audit-42&channel_name=private-audit-43"],
    ["one channel and several", "socket_id=1.1&channel_name=private-audit-42&channel_name[0]=private-audit-43"],
    ["one of several twice", "socket_id=1.1&channel_name[0]=private-audit-42&channel_name[0]=private-audit-43"],
    ["101 channels", `socket_id=1.1${Array.from({ length: 101 }, (_, n) => `&channel_name[${n}]=a`).join("")}`],
  ])("answers 400 to %s", async (_what, body) => {
    expect((await ask(body)).status).toBe(400);
  });

  it.each([
    ["a JSON object", '{"socket_id":"1.1","channel_name":"private-audit-42"}', "application/json; charset=utf-8"],
    ["two content types, as pusher-js can send", FORM, "application/x-www-form-urlencoded, application/json"],
  ])("accepts %s", async (_what, body, type) => {
    const answer = await ask(body, { "content-type": type });

    expect([answer.status, await answer.json()]).toEqual([200, { auth: expect.stringMatching(/^local-key:/) }]);
  });

  it("answers each channel of a JSON list", async () => {
    const body = JSON.stringify({ socket_id: "1.1", channel_name: ["private-audit-42", "private-audit-43"] });
    const answer = await ask(body, { "content-type": "application/json" });

    expect(await answer.json()).toMatchObject({
      "private-audit-42": { status: 200 },
      "private-audit-43": { status: 403 },
    });
  });

  it.each([
    ["JSON that is no object", "[]", "application/json"],
    ["broken JSON", "{", "application/json"],
    ["a field of another type", '{"socket_id":1.1,"channel_name":"private-audit-42"}', "application/json"],
    ["another media type", FORM, "text/plain"],
  ])("answers 400 to %s", async (_what, body, type) => {
    expect((await ask(body, { "content-type": type })).status).toBe(400);
  });

  it("prefers a good bearer token to an old cookie, and a good cookie to an old token", async () => {
    const old = sessionOf("alice", ["42"], "another-s3cr3t-another-s3cr3t-an");
    const good = sessionOf("alice", ["42"]);

    expect((await ask(FORM, { cookie: `session=${old}`, authorization: `Bearer ${good}` })).status).toBe(200);
    expect((await ask(FORM, { cookie: `session=${good}`, authorization: `Bearer ${old}` })).status).toBe(200);
    expect((await ask(FORM, { cookie: `session=${old}`, authorization: `Bearer ${old}` })).status).toBe(401);
  });

  it("tolerates a slash at the end of the gateway's address", async () => {
    vi.stubEnv("REALTIME_GATEWAY_URL", `${gateway.url}/`);

    expect((await ask(FORM)).status).toBe(200);
  });

  it.each([
    ["does not answer", { REALTIME_GATEWAY_URL: "http://127.0.0.1:9" }, /\/auth/],
    [
      "does not trust the server",
      { REALTIME_PROXY_SECRET: "mistaken-s3cr3t-mistaken-s3cr3t-" },
      /status 401.*invalid_token/,
    ],
  ])("logs on the server that the gateway %s, without a secret", async (_what, env, expected) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const logged = silentErrors();

    expect((await ask(FORM)).status).toBe(503);
    const text = logged.mock.calls.map((call) => format(...call)).join("\n");
    expect([logged.mock.calls.length, text]).toEqual([1, expect.stringMatching(expected)]);
    expect(text).not.toMatch(/s3cr3t|eyJ/);
  });
});

describe("the Express routes", () => {
  it("answer 500 to an error of their own, without its stack trace", async () => {
    const server = await serveNode(expressApp);
    onTestFinished(() => server.stop());
    const logged = silentErrors();
    vi.stubEnv("REALTIME_GATEWAY_URL", "");

    const answer = await fetch(`${server.origin}/api/pusher/auth`, { method: "POST" });

    expect([answer.status, answer.headers.get("content-type")]).toEqual([500, "application/problem+json"]);
    expect(await answer.text()).not.toMatch(/REALTIME|node_modules/);
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ message: "REALTIME_GATEWAY_URL is not set" }));
  });
});

it("the gateway rejects assertions that are stale or live too long", async () => {
  const body = "socket_id=1.1&channel_name=private-audit-42";
  const assertionOf = (iat: number, exp: number): string =>
    makeToken(hmac(PROXY_SECRET), { sub: "alice", socket_id: "1.1", channel: "private-audit-42", iat, exp });
  const now = Math.floor(Date.now() / 1000);
  const statusOf = async (iat: number, exp: number): Promise<number> =>
    (await gateway.ask({ path: "/auth", body, assertion: assertionOf(iat, exp) })).status;

  expect(await statusOf(now, now + 60)).toBe(200);
  expect(await statusOf(now - 61, now - 1)).toBe(401);
  expect(await statusOf(now, now + 61)).toBe(401);
});

it("the options of browser/ send the current token with every request", async () => {
  const server = await serveRequests(nextApp);
  onTestFinished(() => server.stop());
  let accessToken = "";
  const options = pusherOptions({
    cluster: "local",
    authUrl: `${server.origin}/api/pusher`,
    accessToken: () => accessToken,
  });
  const pusher = new PusherJs(gateway.address.key, { ...options, ...gateway.address.client });
  onTestFinished(() => pusher.disconnect());
  const channel = pusher.subscribe("private-audit-42");
  const refused = new Promise((resolve) => channel.bind("pusher:subscription_error", resolve));
  const joined = new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));

  expect(await refused).toMatchObject({ status: 401 });
  accessToken = sessionOf("alice", ["42"]);
  pusher.subscribe("private-audit-42");

  await joined;
});

describe("browser/batch.ts", () => {
  async function openBatching(token: () => string) {
    const server = await serveRequests(nextApp);
    onTestFinished(() => server.stop());
    const customHandler = batchHandler({ authUrl: `${server.origin}/api/pusher`, accessToken: async () => token() });
    const options = { channelAuthorization: { customHandler }, ...gateway.address.client };
    const pusher = new PusherJs(gateway.address.key, options);
    onTestFinished(() => pusher.disconnect());
    const outcome = (name: string): Promise<unknown> => {
      const channel = pusher.subscribe(name);
      return new Promise((resolve) => {
        channel.bind("pusher:subscription_succeeded", () => resolve("joined"));
        channel.bind("pusher:subscription_error", ({ error }: { readonly error: string }) => resolve(error));
      });
    };
    await new Promise((resolve) => pusher.connection.bind("connected", resolve));
    return { outcome };
  }

  it("authorizes 120 channels with two requests, and reports each denial", async () => {
    const ids = Array.from({ length: 119 }, (_, number) => String(number));
    const { outcome } = await openBatching(() => sessionOf("alice", ids));
    const before = gateway.forwarded.length;

    const own = ids.map((id) => outcome(`private-audit-${id}`));
    const others = outcome("private-audit-999");

    expect(new Set(await Promise.all(own))).toEqual(new Set(["joined"]));
    expect(await others).toBe("403 assertion_mismatch");
    expect(gateway.forwarded.length - before).toBe(2);
  });

  it("reports a session that has ended to every channel", async () => {
    const { outcome } = await openBatching(() => sessionOf("alice", [], "another-s3cr3t-another-s3cr3t-an"));

    expect(await Promise.all([outcome("private-audit-1"), outcome("private-global")])).toEqual([
      "401 denied",
      "401 denied",
    ]);
  });
});
