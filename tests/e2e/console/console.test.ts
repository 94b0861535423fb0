import { LOCAL_APP } from "@realtime-gateway/local";
import { startPusherServer } from "@realtime-gateway/pusher-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CHROMIUM_RUNS } from "../../support/clients/chromium.ts";
import { type ConsoleWorld, startConsoleWorld } from "../../support/console-world.ts";
import { cloudEvent } from "../../support/stack.ts";
import { channelScenarios } from "./channel-scenarios.ts";
import { limitScenarios } from "./limit-scenarios.ts";
import { liveScenarios } from "./live-scenarios.ts";
import { sendScenarios } from "./send-scenarios.ts";
import { troubleScenarios } from "./trouble-scenarios.ts";

describe.skipIf(!CHROMIUM_RUNS)("the console", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
  });
  afterAll(() => world.stop());
  beforeEach(() => world.gateway.control.reset());
  afterEach(() => world.closePages());

  liveScenarios(() => world);
  sendScenarios(() => world);
  troubleScenarios(() => world);
  channelScenarios(() => world);
  limitScenarios(() => world);

  // The last test: the stack does not watch the second server.
  it("reconnects after the Pusher server restarts, and receives events again", async () => {
    const { page, complaints, button, goTo } = await world.open();
    await button("Play an audit").click();
    await goTo("Channels");
    const toasts = page.getByRole("listitem").filter({ hasText: "private-global" });
    await toasts.getByText("2 events").waitFor();
    const { port } = world.gateway.pusher;
    await world.gateway.pusher.close();
    await page.getByText("This page, offline").waitFor();

    const second = await startPusherServer({ apps: [LOCAL_APP], port });
    try {
      await page.getByText("This page, live").waitFor();
      await world.gateway.send(cloudEvent("notification", { type: "info", message: "again" }));
      await toasts.getByText("3 events").waitFor();
    } finally {
      await second.close();
    }
    // Chromium itself reports each failed connection.
    expect(complaints.filter((complaint) => !complaint.includes("WebSocket"))).toEqual([]);
    complaints.length = 0;
  });
});
