import { describe, expect, it } from "vitest";
import { startServer } from "../../support/pusher-server.ts";
import { openPage, startAuthServer, until } from "../../support/realtime-page.ts";

const nothing = () => undefined;

describe("a connection that Pusher denies for good", () => {
  it.each([
    [4001, "wrong_key"],
    [4003, "app_disabled"],
    [4004, "over_quota"],
    [4009, "connection_denied"],
  ])("with %i is the problem %s, and the status is denied", async (code, problem) => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    server.refuseConnections({ code, message: "no" });
    const page = openPage(server, auth);
    page.realtime.audit("42").onAny(nothing);
    const signIn = expect(page.realtime.signIn()).rejects.toMatchObject({ code: problem });
    await until(() => expect(page.statuses).toEqual(["connecting", "denied"]));
    expect(page.problems).toMatchObject([{ code: problem, detail: `close code ${code}`, retryable: false }]);
    await signIn;
    await expect(page.realtime.signIn()).rejects.toMatchObject({ code: problem });
  });

  it("names a wrong key", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    const page = openPage(server, auth, { key: "another" });
    page.realtime.audit("42").onAny(nothing);
    await until(() =>
      expect(page.problems).toMatchObject([{ code: "wrong_key", docs: expect.stringContaining("#wrong_key") }]),
    );
  });

  it("is none when a full node asks to try again", async () => {
    const [server, auth] = [await startServer(), await startAuthServer()];
    server.refuseConnections({ code: 4100, message: "full" });
    const page = openPage(server, auth);
    page.realtime.audit("42").onAny(nothing);
    await until(() => expect(page.statuses).toEqual(["connecting"]));
    server.refuseConnections(undefined);
    await until(() => expect(page.realtime.status).toBe("live"));
    expect(page.problems).toEqual([]);
  });
});
