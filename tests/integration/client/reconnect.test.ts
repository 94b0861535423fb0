import { describe, expect, it, vi } from "vitest";
import { startServer } from "../../support/pusher-server.ts";
import { openPage, startAuthServer, subscriptionsOf, until, untilLive } from "../../support/realtime-page.ts";

const denied = () =>
  Response.json({ "private-audit-1": { status: 403, data: { code: "not_yours", detail: "not your audit" } } });

describe("after a lost connection, a page", () => {
  it("authorizes all channels with one request, and reads each once", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const loads = [vi.fn(), vi.fn()];
    for (const [id, load] of loads.entries()) page.realtime.audit(id).refetch(load);
    await untilLive(page);
    page.statuses.length = 0;
    server.closeConnections(4200);
    await until(() => expect(page.statuses).toEqual(["offline", "catching_up", "live"]));
    expect(auth.requests.map((channels) => channels.length)).toEqual([2, 2]);
    for (const load of loads) expect(load).toHaveBeenCalledTimes(2);
  });

  it("returns to live after the server restarts, and reads once", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const load = vi.fn();
    page.realtime.audit("42").refetch(load);
    await untilLive(page);
    await server.close();
    await until(() => expect(page.realtime.status).toBe("offline"));
    await startServer({ port: server.port });
    await untilLive(page);
    expect(load).toHaveBeenCalledTimes(2);
    expect(page.problems).toEqual([]);
  });

  it("does not ask again for a denied channel, until somebody subscribes to it anew", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = denied;
    const page = openPage(server, auth);
    const load = vi.fn();
    const stop = page.realtime.audit("1").refetch(load);
    await until(() => expect(page.problems).toHaveLength(1));
    expect(page.problems).toMatchObject([{ code: "not_yours", channel: "private-audit-1", retryable: false }]);
    expect(page.realtime.status).toBe("live");
    auth.answer = () => undefined;
    page.realtime.audit("2").refetch(load);
    await until(() => expect(load).toHaveBeenCalledTimes(1));
    server.closeConnections(4200);
    await until(() => expect(load).toHaveBeenCalledTimes(2));
    expect(auth.requests).toEqual([["private-audit-1"], ["private-audit-2"], ["private-audit-2"]]);
    stop();
    page.realtime.audit("1").refetch(load);
    await until(() => expect(load).toHaveBeenCalledTimes(3));
    expect(auth.requests.at(-1)).toEqual(["private-audit-1"]);
  });

  it("does not subscribe again to a channel that it left while the subscription was pending", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const stopSubscribed = page.realtime.audit("3").onAny(() => undefined);
    await untilLive(page);
    auth.answer = () => new Promise(() => undefined);
    const stopPending = page.realtime.audit("1").onAny(() => undefined);
    await until(() => expect(auth.requests).toHaveLength(2));
    stopPending();
    stopSubscribed();
    // Both linger equally long.
    await until(() => expect(subscriptionsOf(page)).toContain("pusher:unsubscribe private-audit-3"));
    auth.answer = () => undefined;
    server.closeConnections(4100);
    page.realtime.audit("2").onAny(() => undefined);
    await until(() => expect(subscriptionsOf(page)).toContain("pusher:subscribe private-audit-2"));
    await untilLive(page);
    expect(auth.requests.slice(2).flat()).not.toContain("private-audit-1");
  });

  it("drops an answer for the old connection", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    let allow: () => void = () => undefined;
    auth.answer = () =>
      new Promise((resolve) => {
        allow = () => resolve(undefined);
      });
    page.realtime.audit("1").onAny(() => undefined);
    await until(() => expect(auth.requests).toHaveLength(1));
    const allowOld = allow;
    auth.answer = () => undefined;
    server.closeConnections(4200);
    await untilLive(page);
    allowOld();
    page.realtime.audit("2").onAny(() => undefined);
    await until(() => expect(subscriptionsOf(page)).toContain("pusher:subscribe private-audit-2"));
    expect(subscriptionsOf(page)).toEqual(["pusher:subscribe private-audit-1", "pusher:subscribe private-audit-2"]);
    expect(page.problems).toEqual([]);
  });

  it("spreads its request over the jitter", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.25);
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth, { jitterMs: 2000 });
    for (const id of [1, 2, 3]) page.realtime.audit(id).onAny(() => undefined);
    await untilLive(page);
    random.mockClear();
    const askedAtMs: number[] = [];
    auth.answer = () => void askedAtMs.push(Date.now());
    const cutAtMs = Date.now();
    server.closeConnections(4200);
    await until(() => expect(askedAtMs).toHaveLength(1));
    expect((askedAtMs[0] ?? 0) - cutAtMs).toBeGreaterThanOrEqual(500);
    await untilLive(page);
    expect(auth.requests.map((channels) => channels.length)).toEqual([3, 3]);
    random.mockRestore();
  });
});
