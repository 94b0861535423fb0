import { describe, expect, it, vi } from "vitest";
import { createRealtime, type RealtimeProblem } from "../../../packages/client/src/index.ts";
import { apiOf, clientOf, startServer } from "../../support/pusher-server.ts";
import { openPage, startAuthServer, until, untilLive } from "../../support/realtime-page.ts";

const nothing = () => undefined;
const AUDIT = "private-audit-42";

const denied = () => Response.json({ [AUDIT]: { status: 403, data: { code: "not_yours" } } });
const busy = () => Response.json({ [AUDIT]: { status: 503, data: { code: "busy" } } });

describe("a problem that lasts", () => {
  it("is reported once, although other channels are authorized in the meantime", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const askedFor = (channel: string) => auth.requests.filter((channels) => channels.includes(channel)).length;
    auth.answer = async (request) => ((await request.clone().text()).includes("audit-42") ? busy() : undefined);
    page.realtime.audit("42").onAny(nothing);
    await until(() => expect(page.problems).toHaveLength(1));
    const load = vi.fn();
    page.realtime.audit("1").refetch(load);
    await until(() => expect(load).toHaveBeenCalledTimes(1));
    const before = askedFor(AUDIT);
    await until(() => expect(askedFor(AUDIT)).toBeGreaterThan(before));
    auth.answer = nothing;
    await untilLive(page);
    expect(page.problems).toMatchObject([{ code: "busy", channel: AUDIT, retryable: true }]);
  });
});

describe("a problem that ended and returns is reported again", () => {
  it.each([
    ["a denied channel", denied, "not_yours"],
    ["a gateway that is busy", busy, "busy"],
  ])("%s", async (_, answer, code) => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    auth.answer = answer;
    page.realtime.audit("42").onAny(nothing);
    await until(() => expect(page.problems).toHaveLength(1));
    auth.answer = nothing;
    const load = vi.fn();
    page.realtime.audit("42").refetch(load);
    await until(() => expect(load).toHaveBeenCalledTimes(1));
    auth.answer = answer;
    server.closeConnections(4200);
    await until(() => expect(page.problems).toHaveLength(2));
    expect(page.problems).toMatchObject([{ code }, { code }]);
  });

  it("a denied sign-in", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth);
    const noUser = () => Response.json({ code: "no_user", detail: "nobody" }, { status: 403 });
    auth.answer = noUser;
    await expect(page.realtime.signIn()).rejects.toMatchObject({ code: "no_user" });
    auth.answer = async (request) => {
      const socketId = new URLSearchParams(await request.clone().text()).get("socket_id") ?? "";
      return Response.json(apiOf(server).authenticateUser(socketId, { id: "user-1" }));
    };
    await page.realtime.signIn();
    auth.answer = noUser;
    server.closeConnections(4200);
    await until(() => expect(page.problems).toHaveLength(2));
    expect(page.problems).toMatchObject([{ code: "no_user" }, { code: "no_user" }]);
  });

  it("a connection above the plan", async () => {
    const server = await startServer();
    const pusher = clientOf(server);
    const problems: RealtimeProblem[] = [];
    const page = { realtime: createRealtime({ pusher, onProblem: (problem) => problems.push(problem) }) };
    const overQuota = () => server.refuseConnections({ code: 4004, message: "no" });
    page.realtime.audit("42").onAny(nothing);
    await untilLive(page);
    overQuota();
    server.closeConnections(4200);
    await until(() => expect(page.realtime.status).toBe("denied"));
    server.refuseConnections(undefined);
    pusher.connect();
    await untilLive(page);
    overQuota();
    server.closeConnections(4200);
    await until(() => expect(problems).toMatchObject([{ code: "over_quota" }, { code: "over_quota" }]));
    page.realtime.close();
  });
});
