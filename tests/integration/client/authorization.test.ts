import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createRealtime } from "../../../packages/client/src/index.ts";
import { APP, apiOf, PusherClient, type ServerAddress, startServer } from "../../support/pusher-server.ts";
import { openPage, startAuthServer, until, untilLive } from "../../support/realtime-page.ts";

const nothing = () => undefined;

const signed = (server: ServerAddress, form: URLSearchParams) =>
  apiOf(server).authenticateUser(form.get("socket_id") ?? "", { id: "user-1" });

describe("the authorization", () => {
  it("of 200 channels takes 2 requests", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    for (let id = 0; id < 200; id++) page.realtime.audit(id).onAny(nothing);
    await untilLive(page);
    expect(auth.requests.map((channels) => channels.length)).toEqual([100, 100]);
  });

  it("asks once with a fresh token after a 401", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const getToken = vi.fn(async ({ fresh }: { readonly fresh: boolean }) => (fresh ? "new" : "expired"));
    const isExpired = (request: Request) => request.headers.get("authorization") === "Bearer expired";
    auth.answer = (request) => (isExpired(request) ? Response.json({ code: "expired" }, { status: 401 }) : undefined);
    const page = openPage(server, auth, { auth: { url: auth.url, getToken } });
    page.realtime.audit("42").onAny(nothing);
    await untilLive(page);
    expect(getToken.mock.calls).toEqual([[{ fresh: false }], [{ fresh: true }]]);
    expect(auth.tokens).toEqual(["Bearer expired", "Bearer new"]);
    expect(page.problems).toEqual([]);
  });

  it("of a reconnect asks once with a fresh token if the token expired in the meantime", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    let valid = "Bearer first";
    auth.answer = (request) =>
      request.headers.get("authorization") === valid ? undefined : Response.json({ code: "expired" }, { status: 401 });
    const getToken = ({ fresh }: { readonly fresh: boolean }) => (fresh ? "second" : "first");
    const page = openPage(server, auth, { auth: { url: auth.url, getToken } });
    for (const id of [1, 2]) page.realtime.audit(id).onAny(nothing);
    await untilLive(page);
    valid = "Bearer second";
    server.closeConnections(4200);
    await until(() => expect(page.statuses.slice(-2)).toEqual(["catching_up", "live"]));
    expect(auth.tokens).toEqual(["Bearer first", "Bearer first", "Bearer second"]);
    expect(page.problems).toEqual([]);
  });

  it("with a wrong secret is the problem wrong_key, in Pusher's own words", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = async (request) => {
      const socketId = new URLSearchParams(await request.clone().text()).get("socket_id") ?? "";
      const data = apiOf(server, { secret: "another" }).authorizeChannel(socketId, "private-audit-42");
      return Response.json({ "private-audit-42": { status: 200, data } });
    };
    const page = openPage(server, auth);
    page.realtime.audit("42").onAny(nothing);
    await until(() => expect(page.problems).toHaveLength(1));
    expect(page.problems).toMatchObject([
      { code: "wrong_key", detail: expect.stringMatching(/^Invalid signature: .*private-audit-42/) },
    ]);
  });

  it.each([
    ["answers HTML", () => new Response("<html>", { headers: { "content-type": "text/html" } }), "auth_not_json"],
    ["answers 500", () => Response.json({}, { status: 500 }), "auth_unreachable"],
    [
      "answers a channel with 503",
      () => Response.json({ "private-audit-42": { status: 503, data: { code: "busy" } } }),
      "busy",
    ],
  ])("is tried again while the endpoint %s", async (_, answer, code) => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = answer;
    const page = openPage(server, auth);
    page.realtime.audit("42").onAny(nothing);
    await until(() => expect(page.problems).toMatchObject([{ code, retryable: true }]));
    expect(page.problems[0]?.docs).toContain(`#${code}`);
    await until(() => expect(auth.requests.length).toBeGreaterThanOrEqual(2));
    auth.answer = nothing;
    await untilLive(page);
    expect(page.problems).toHaveLength(1);
  });

  it("is denied by a 403 without JSON, and not tried again", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = () => new Response("<html>", { status: 403 });
    const page = openPage(server, auth);
    page.realtime.audit("42").onAny(nothing);
    await untilLive(page);
    expect(page.problems).toMatchObject([
      { code: "denied", channel: "private-audit-42", detail: `status 403: ${auth.url}/auth`, retryable: false },
    ]);
    await expect(page.realtime.signIn()).rejects.toMatchObject({ code: "denied" });
  });

  it("names the address of an answer without a code", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = () => Response.json({}, { status: 404 });
    const page = openPage(server, auth, { auth: { url: `${auth.url}/auth` } });
    page.realtime.audit("42").onAny(nothing);
    await until(() =>
      expect(page.problems).toMatchObject([
        { code: "auth_unreachable", detail: `status 404: ${auth.url}/auth/auth`, retryable: true },
      ]),
    );
  });

  it("is tried again after a token that throws", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const getToken = vi.fn().mockRejectedValueOnce(new Error("signed out")).mockResolvedValue("token");
    const page = openPage(server, auth, { auth: { url: auth.url, getToken } });
    page.realtime.audit("42").onAny(nothing);
    await untilLive(page);
    expect(page.problems).toMatchObject([{ code: "auth_unreachable", retryable: true }]);
  });

  it("answers each channel by its own", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const load = vi.fn();
    page.realtime.audit("1").refetch(load);
    page.realtime.presence("audit", "1").onMembers(nothing);
    await untilLive(page);
    expect(load).toHaveBeenCalledTimes(1);
    expect(auth.requests).toEqual([["private-audit-1", "presence-audit-1"]]);
  });

  it("signs in, and again after a reconnect", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = async (request) => {
      if (!request.url.endsWith("/user-auth")) return undefined;
      const form = new URLSearchParams(await request.clone().text());
      return Response.json(signed(server, form));
    };
    const page = openPage(server, auth);
    await page.realtime.signIn();
    const signIns = () => page.frames.filter(({ event }) => event === "pusher:signin").length;
    expect(signIns()).toBe(1);
    server.closeConnections(4200);
    await until(() => expect(signIns()).toBe(2));
    await page.realtime.signIn();
  });

  it("rejects a denied sign-in with the problem, and signs in later", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = () => Response.json({ code: "no_user", detail: "nobody" }, { status: 403 });
    const page = openPage(server, auth);
    await expect(page.realtime.signIn()).rejects.toMatchObject({
      code: "no_user",
      message: "nobody",
      retryable: false,
    });
    expect(page.problems).toMatchObject([{ code: "no_user" }]);
    auth.answer = async (request) => Response.json(signed(server, new URLSearchParams(await request.clone().text())));
    await page.realtime.signIn();
  });

  it("rejects a sign-in whose signature Pusher denies", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = async (request) => {
      const socketId = new URLSearchParams(await request.clone().text()).get("socket_id") ?? "";
      return Response.json(apiOf(server, { secret: "another" }).authenticateUser(socketId, { id: "user-1" }));
    };
    const page = openPage(server, auth);
    await expect(page.realtime.signIn()).rejects.toMatchObject({ code: "wrong_key" });
    expect(page.problems).toMatchObject([{ code: "wrong_key", retryable: false }]);
  });

  it("rejects a sign-in that your own instance denies, each time", async () => {
    const server = await startServer();
    const options = { cluster: "local", wsHost: server.host, wsPort: server.port, forceTLS: false, enableStats: false };
    const customHandler = (_: unknown, answer: (error: Error, data: null) => void) => answer(new Error("no"), null);
    const pusher = new PusherClient(APP.key, {
      ...options,
      userAuthentication: { endpoint: "", transport: "ajax", customHandler },
    });
    onTestFinished(() => pusher.disconnect());
    const realtime = createRealtime({ pusher, onProblem: nothing });
    await expect(realtime.signIn()).rejects.toMatchObject({ code: "denied" });
    await expect(realtime.signIn()).rejects.toMatchObject({ code: "denied" });
    realtime.close();
  });

  it("rejects a pending sign-in when the page closes", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const signIn = page.realtime.signIn();
    page.realtime.close();
    await expect(signIn).rejects.toThrow("connection closed");
    await expect(page.realtime.signIn()).rejects.toThrow("connection closed");
  });
});
