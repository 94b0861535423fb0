import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM_RUNS } from "../../support/clients/chromium.ts";
import {
  type ChromiumPageOptions,
  openChromiumPage,
  type RealtimeChromium,
  startRealtimeChromium,
} from "../../support/clients/realtime-chromium.ts";
import { apiOf, type ServerAddress } from "../../support/pusher-server.ts";

const AUDIT = "private-audit-42";
const LIVE = { status: "live" } as const;

describe.skipIf(!CHROMIUM_RUNS)("a page in Chromium", () => {
  let chromium: RealtimeChromium;
  beforeAll(async () => {
    chromium = await startRealtimeChromium();
  });
  afterAll(() => chromium.chromium.close());

  const open = (options?: ChromiumPageOptions) => openChromiumPage(chromium, options);
  const send = (server: ServerAddress, channel = AUDIT) => apiOf(server).trigger(channel, "audit.progress", {});

  it("reads after the subscription, after an event, and after the server cut its connection", async () => {
    const { server, show, until } = await open();
    await show();
    await until({ ...LIVE, reads: 1 });
    await send(server);
    await until({ reads: 2, events: 1 });
    server.closeConnections(4200);
    await until({ ...LIVE, reads: 3, problems: [] });
  });

  it("that is hidden reads nothing for events, and once when it is visible again", async () => {
    const { server, become, show, until, state } = await open();
    await show();
    await until({ ...LIVE, reads: 1 });
    await become("hidden");
    for (let count = 1; count <= 3; count++) {
      await send(server);
      await until({ events: count });
    }
    expect((await state()).reads).toBe(1);
    await become("visible");
    await until({ reads: 2 });
  });

  it("reads once when it is online again", async () => {
    const { context, show, until } = await open();
    await show();
    await until({ ...LIVE, reads: 1 });
    await context.setOffline(true);
    await context.setOffline(false);
    await until({ ...LIVE, reads: 2 });
  });

  it("with two components in StrictMode subscribes once, also when they are rendered anew", async () => {
    const { server, render, until, consoleErrors } = await open();
    await render(2);
    await until({ ...LIVE, reads: 2, frames: [`pusher:subscribe ${AUDIT}`] });
    await render(2);
    await send(server);
    await until({ reads: 4, events: 2, frames: [`pusher:subscribe ${AUDIT}`] });
    await render(0);
    await until({ frames: [`pusher:subscribe ${AUDIT}`, `pusher:unsubscribe ${AUDIT}`] });
    expect(consoleErrors).toEqual([]);
  });

  it("decrypts with the class that can", async () => {
    const { server, show, until } = await open({ channels: "encrypted", withEncryption: true });
    await show();
    await until({ ...LIVE, reads: 1 });
    await send(server, "private-encrypted-audit-42");
    await until({ events: 1, reads: 2, problems: [] });
  });

  it("reports the class that cannot decrypt", async () => {
    const { show, until } = await open({ channels: "encrypted" });
    await show();
    await until({ problems: ["encryption_unsupported"] });
  });

  it("reports an authorization that answers HTML, and subscribes when it answers JSON", async () => {
    const { auth, show, until } = await open();
    auth.answer = () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
    await show();
    await until({ status: "connecting", problems: ["auth_not_json"] });
    auth.answer = () => undefined;
    await until({ ...LIVE, reads: 1, problems: ["auth_not_json"] });
  });
});
