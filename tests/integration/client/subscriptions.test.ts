import { describe, expect, it, vi } from "vitest";
import { createRealtime } from "../../../packages/client/src/index.ts";
import { apiOf, authorize, clientOf, startServer } from "../../support/pusher-server.ts";
import { openPage, startAuthServer, subscriptionsOf, until, untilLive } from "../../support/realtime-page.ts";

const SUBSCRIBE = "pusher:subscribe private-audit-42";
const UNSUBSCRIBE = "pusher:unsubscribe private-audit-42";
const nothing = () => undefined;

describe("subscriptions", () => {
  it("are shared by the components of a channel, and end after the last", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const heard: string[] = [];
    const stopFirst = page.realtime.audit("42").onAny(() => heard.push("first"));
    const stopSecond = page.realtime.audit("42").onAny(() => heard.push("second"));
    await untilLive(page);
    stopFirst();
    stopFirst();
    await apiOf(server).trigger("private-audit-42", "audit.started", {});
    await until(() => expect(heard).toEqual(["second"]));
    expect(subscriptionsOf(page)).toEqual([SUBSCRIBE]);
    stopSecond();
    await until(() => expect(subscriptionsOf(page)).toEqual([SUBSCRIBE, UNSUBSCRIBE]));
  });

  it("cost no frame when a component mounts again at once", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const load = vi.fn();
    page.realtime.audit("42").refetch(load)();
    const stopOther = page.realtime.fiche("1").onAny(nothing);
    page.realtime.audit("42").refetch(load);
    await untilLive(page);
    stopOther();
    await until(() => expect(subscriptionsOf(page)).toContain("pusher:unsubscribe private-fiche-1"));
    expect(subscriptionsOf(page).filter((frame) => frame.endsWith("audit-42"))).toEqual([SUBSCRIBE]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("end after a subscription that was pending when the last component left", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const stopOther = page.realtime.fiche("1").onAny(nothing);
    await untilLive(page);
    let allow: () => void = nothing;
    auth.answer = () =>
      new Promise((resolve) => {
        allow = () => resolve(undefined);
      });
    const stop = page.realtime.audit("42").onAny(nothing);
    await until(() => expect(auth.requests).toHaveLength(2));
    stop();
    stopOther();
    await until(() => expect(subscriptionsOf(page)).toContain("pusher:unsubscribe private-fiche-1"));
    auth.answer = nothing;
    allow();
    page.realtime.audit("42").onAny(nothing);
    await untilLive(page);
    await until(() => expect(subscriptionsOf(page).at(-1)).toBe(SUBSCRIBE));
  });

  it("do nothing for a null id, and report an id that no channel can have", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    page.realtime.audit(null).refetch(nothing)();
    page.realtime.audit("x".repeat(200)).onAny(nothing);
    expect(page.realtime.status).toBe("idle");
    expect(page.problems).toMatchObject([{ code: "invalid_id", channel: `audit-${"x".repeat(200)}` }]);
  });

  it("list the members of a presence channel, the same array until one changes", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = async (request) => {
      const form = new URLSearchParams(await request.clone().text());
      const channel = "presence-audit-42";
      const data = apiOf(server).authorizeChannel(form.get("socket_id") ?? "", channel, { user_id: "ann" });
      return Response.json({ [channel]: { status: 200, data } });
    };
    const page = openPage(server, auth);
    const channel = page.realtime.presence("audit", "42");
    const seen: unknown[] = [];
    expect(channel.members).toEqual([]);
    channel.onMembers((members) => seen.push(members.map(({ id, me }) => `${id} ${me}`)));
    await until(() => expect(seen).toEqual([["ann true"]]));
    expect(channel.members).toBe(page.realtime.presence("audit", "42").members);
    const other = clientOf(server, { userId: "bob" });
    other.subscribe("presence-audit-42");
    await until(() => expect(seen.at(-1)).toEqual(["ann true", "bob false"]));
    other.disconnect();
    await until(() => expect(seen.at(-1)).toEqual(["ann true"]));
    expect(seen).toHaveLength(3);
  });

  it("name this page's member although its id is a number", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    auth.answer = async (request) => {
      const socketId = new URLSearchParams(await request.clone().text()).get("socket_id") ?? "";
      const data = authorize(server, socketId, "presence-audit-42", { user_id: 7 });
      return Response.json({ "presence-audit-42": { status: 200, data } });
    };
    const readers = openPage(server, auth).realtime.presence("audit", "42");
    readers.onMembers(nothing);
    await until(() => expect(readers.members).toMatchObject([{ id: "7", me: true }]));
  });

  it("leave a channel of your own instance to your own code", async () => {
    const server = await startServer();
    const pusher = clientOf(server);
    const heard = vi.fn();
    pusher.subscribe("private-audit-42").bind("audit.started", heard);
    const realtime = createRealtime({ pusher });
    realtime.audit("42").onAny(nothing);
    await until(() => expect(realtime.status).toBe("live"));
    realtime.close();
    await apiOf(server).trigger("private-audit-42", "audit.started", {});
    await until(() => expect(heard).toHaveBeenCalledTimes(1));
    expect(pusher.connection.state).toBe("connected");
  });
});
