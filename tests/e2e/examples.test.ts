import { PusherJs } from "@realtime-gateway/local";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
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

  it("lets a user hear what the app says is theirs", async () => {
    const alice = await open(sessionOf("alice", ["42"]));

    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: true });
    await gateway.publish("audit.config_loaded", { audit_id: "42" });

    expect(await alice.next("private-audit-42")).toEqual({ event: "audit.config_loaded", data: { audit_id: "42" } });
  });

  it("answers 403 to what is not theirs, and asks the gateway for none of it", async () => {
    const alice = await open(sessionOf("alice", ["42"]));
    const askedBefore = gateway.asked("POST /auth");

    for (const channel of ["private-audit-420", "presence-audit-4", "private-fiche-42", "private-unheard-of"])
      expect(await alice.subscribe(channel)).toEqual({ joined: false, status: 403 });

    expect(gateway.asked("POST /auth")).toBe(askedBefore);
  });

  it("does not take one id for another that is written like it", async () => {
    const alice = await open(sessionOf("alice", ["a:b"]));
    expect(await alice.subscribe("private-audit-a=3Ab")).toEqual({ joined: true });

    const mallory = await open(sessionOf("mallory", ["a=3Ab"]));
    expect(await mallory.subscribe("private-audit-a=3Ab")).toEqual({ joined: false, status: 403 });
    expect(await mallory.subscribe("private-audit-a=3D3Ab")).toEqual({ joined: true });
  });

  it.each([
    ["of a length that it tells", (body: string) => body],
    ["in chunks", (body: string) => new Blob([body]).stream()],
  ])("refuses a signed-in user's 200 KB %s without a stack trace, and goes on serving", async (_how, sent) => {
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
    ["no session", undefined],
    ["a session that it did not issue", sessionOf("alice", ["42"], "another-s3cr3t-another-s3cr3t-an")],
  ])("answers 401 to %s", async (_what, session) => {
    const nobody = await open(session);

    expect(await nobody.subscribe("private-global")).toEqual({ joined: false, status: 401 });
    expect(await nobody.signIn()).toEqual({ refused: 401 });
  });

  it("makes the session's user the member of a presence channel, and the one who signs in", async () => {
    const alice = await open(sessionOf("alice", ["42"]));
    const info = { name: "ALICE" };

    expect(await alice.subscribe("presence-audit-42")).toEqual({ joined: true, me: "alice", members: { alice: info } });
    expect(await alice.signIn()).toEqual({ user: { id: "alice", user_info: info } });
  });

  it("has a batch of the pusher-js-auth plugin judged one by one", async () => {
    const ids = Array.from({ length: 98 }, (_, number) => `${number}-${"x".repeat(100)}`);
    const alice = await open(sessionOf("alice", ids), { batched: true });
    const own = ids.map((id) => `private-audit-${id}`);

    const outcomes = await alice.subscribeAll([...own, "private-audit-98", "private-unheard-of"]);

    expect(outcomes).toEqual([...own.map(() => ({ joined: true })), { joined: false }, { joined: false }]);
    // Headers above this are refused by API Gateway.
    for (const { assertion } of gateway.forwarded) expect(assertion.length).toBeLessThan(10_000);
  });

  it("sends an assertion that is of no use on another connection, for another channel or for a sign-in", async () => {
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

  it("answers 503 when the gateway does not trust it, or is not there", async () => {
    const alice = await open(sessionOf("alice", ["42"]));

    vi.stubEnv("REALTIME_PROXY_SECRET", "mistaken-s3cr3t-mistaken-s3cr3t-");
    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: false, status: 503 });
    // Port 9 is one that fetch refuses to call.
    vi.stubEnv("REALTIME_GATEWAY_URL", "http://127.0.0.1:9");
    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: false, status: 503 });
  });
});

describe("the Next.js route", () => {
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

  it("knows a browser by its cookie", async () => {
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

  it("takes nothing but a form", async () => {
    const json = { "content-type": "application/json" };

    expect((await ask('{"socket_id":"1.1","channel_name":"private-audit-42"}', json)).status).toBe(400);
  });
});

describe("the Express routes", () => {
  it("answer 500 to a mistake of their own, without its stack trace", async () => {
    const server = await serveNode(expressApp);
    onTestFinished(() => server.stop());
    const told = vi.spyOn(console, "error").mockReturnValue();
    onTestFinished(() => told.mockRestore());
    vi.stubEnv("REALTIME_GATEWAY_URL", "");

    const answer = await fetch(`${server.origin}/api/pusher/auth`, { method: "POST" });

    expect([answer.status, answer.headers.get("content-type")]).toEqual([500, "application/problem+json"]);
    expect(await answer.text()).not.toMatch(/REALTIME|node_modules/);
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ message: "REALTIME_GATEWAY_URL is not set" }));
  });
});

it("has its assertions refused once they are stale, or when they would live too long", async () => {
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

it("gives pusher-js its options in browser/, with the token of the moment", async () => {
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
