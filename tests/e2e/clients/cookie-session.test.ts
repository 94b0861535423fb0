import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM_RUNS } from "../../support/clients/chromium.ts";
import { type ChromiumDriver, startChromiumDriver } from "../../support/clients/chromium-driver.ts";
import { type ExampleGateway, startExampleGateway } from "../../support/clients/example-gateway.ts";
import { nextApp, pointExamplesAt, sessionOf } from "../../support/clients/examples.ts";
import { startPageServer } from "../../support/clients/page-server.ts";
import type { WebServer } from "../../support/clients/web-server.ts";

describe.skipIf(!CHROMIUM_RUNS)("the Next.js example's own pages in Chromium", () => {
  let gateway: ExampleGateway;
  let chromium: ChromiumDriver;
  let app: WebServer;
  beforeAll(async () => {
    gateway = await startExampleGateway();
    chromium = await startChromiumDriver();
    app = await startPageServer(nextApp);
  });
  afterAll(async () => {
    await app.stop();
    await chromium.stop();
    await gateway.stop();
  });
  pointExamplesAt(() => gateway);

  it("are authorized by the session cookie of the browser", async () => {
    const routes = { authUrl: "/api/pusher/auth", userAuthUrl: "/api/pusher/user-auth" };
    const open = () => chromium.openAt(app.origin, { ...gateway.address, ...routes });

    const anonymous = await open();
    expect(await anonymous.subscribe("private-audit-42")).toEqual({ joined: false, status: 401 });

    await chromium.leaveCookie(app.origin, "session", sessionOf("alice", ["42"]));
    const alice = await open();
    expect(await alice.subscribe("private-audit-42")).toEqual({ joined: true });
    expect(await alice.subscribe("private-audit-43")).toEqual({ joined: false, status: 403 });
    expect(await alice.signIn()).toEqual({ user: { id: "alice", user_info: { name: "ALICE" } } });
  });
});
