import { LOCAL_APP } from "@realtime-gateway/local";
import { startPusherServer } from "@realtime-gateway/pusher-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildConsole } from "../../tools/build-console.ts";
import { CHROMIUM_RUNS, type Chromium, startChromium } from "../support/clients/chromium.ts";
import { startConsoleFeed } from "../support/console-feed.ts";
import {
  accessibilityFaults,
  type ConsoleOptions,
  type ConsolePage,
  expectRows,
  longestTaskMs,
  openConsole,
  TAKES_SCREENSHOTS,
  takeConsoleScreenshot,
} from "../support/console-page.ts";
import { firstMinute, walk } from "../support/console-walk.ts";
import { cloudEvent, startGateway, type TestGateway } from "../support/stack.ts";
import { AUDIENCE, hmac, ISSUER, JWT_SECRET, makeToken } from "../support/tokens.ts";

function tokenFor(grant: string): string {
  const exp = Math.floor(Date.now() / 1000) + 300;
  return makeToken(hmac(JWT_SECRET), { iss: ISSUER, aud: AUDIENCE, sub: "ann", exp, realtime: { channels: [grant] } });
}

/** A shorter load than that of docs/decisions/034, because every test run pays for it. */
const LOAD_SECONDS = 4;
const EVENTS_PER_SECOND = 500;
const SCROLL_TO_THE_END = `(async () => {
  const rows = document.querySelector(".scroller");
  while (rows.scrollTop + rows.clientHeight < rows.scrollHeight) {
    rows.scrollTop += 1000;
    await new Promise(requestAnimationFrame);
  }
})()`;

describe.skipIf(!CHROMIUM_RUNS)("the console", () => {
  let chromium: Chromium;
  let gateway: TestGateway;
  const opened: ConsolePage[] = [];
  beforeAll(async () => {
    await buildConsole();
    // A failed message returns soon, so that a fault's recovery is quick.
    [chromium, gateway] = await Promise.all([startChromium(), startGateway({}, { visibilityTimeoutSeconds: 3 })]);
  });
  afterAll(async () => {
    await chromium?.close();
    await gateway?.stop();
  });
  beforeEach(() => gateway.control.reset());
  afterEach(async () => {
    for (const { complaints, foreignRequests, close } of opened.splice(0)) {
      expect(complaints).toEqual([]);
      expect(foreignRequests).toEqual([]);
      await close();
    }
  });

  async function open(options: ConsoleOptions = {}): Promise<ConsolePage> {
    const consolePage = await openConsole(chromium.browser, gateway, options);
    opened.push(consolePage);
    return consolePage;
  }

  /** The image of a page with the events of an audit. */
  async function illustrate(consolePage: ConsolePage, name: string): Promise<void> {
    if (!TAKES_SCREENSHOTS) return;
    const { page, button, goTo, rows } = consolePage;
    await page.keyboard.press("Escape");
    await goTo("Break it");
    await button("Play an audit").click();
    await goTo("Live");
    await rows("audit.completed").getByText("✓").waitFor();
    if (name !== "phone") {
      await rows("truncated").first().getByRole("button").click();
      await page.locator(".hops").getByText("this browser").waitFor();
    }
    await takeConsoleScreenshot(consolePage, name);
  }

  it("explains itself on the first visit, and shows an audit arriving in this browser", async () => {
    const { page, button, rows } = await open({ known: false });
    await page.getByRole("heading", { name: "Watch events travel" }).waitFor();

    await button("Play an audit").click();

    await rows("audit.completed").getByText("published").waitFor();
    await rows("audit.completed")
      .getByText(/✓ \d+ ms/)
      .waitFor();
    await page.getByRole("list", { name: "The way of an event" }).getByText("3 channels").waitFor();
    await button("Got it").click();
    await page.reload();
    await rows("audit.completed").waitFor();
    expect(await page.getByRole("heading", { name: "Watch events travel" }).count()).toBe(0);
  });

  it("teaches a newcomer the gateway in the eight steps of docs/console.md", async () => {
    const { page } = await open({ known: false });
    const steps = await firstMinute();
    expect(steps).toHaveLength(8);
    for (const step of steps) await walk(page, step, gateway.http.url);
  });

  it("composes an event from a form, checks it while typing, and shows its arrival with its time", async () => {
    const { page, goTo, button } = await open();
    await goTo("Compose");
    await page.getByLabel("Event", { exact: true }).fill("audit.config_loaded");
    const preview = page.getByRole("region", { name: "Preview" });
    await page.getByLabel("steps_count").fill("many");
    await preview.getByText("steps_count").waitFor();
    await page.getByLabel("steps_count").fill("5");
    await preview.getByText("It matches its schema").waitFor();

    await button("Send").first().click();

    const sent = page.getByRole("region", { name: "Sent" });
    await sent.getByText("published").waitFor();
    await sent.getByText(/\d+ m?s to Pusher/).waitFor();
  });

  it("sends an event ten and a thousand times, each with an id of its own", async () => {
    const { page, goTo, button, rows } = await open();
    await goTo("Compose");
    await page.getByLabel("Event", { exact: true }).fill("notification");
    await button("Send ×10").first().click();
    await page.getByRole("region", { name: "Sent" }).getByText("10 events sent, 10 done").waitFor();
    await goTo("Live");
    await expectRows(rows("duplicate"), 0);

    await goTo("Compose");
    await button("Send ×1000").click();
    await page.getByText("1,000 events are in the queue").waitFor();
  });

  it("copies an event as code of a producer, for the AWS CLI, in Python and for curl", async () => {
    const { page, goTo, button } = await open();
    await goTo("Compose");
    await page.getByLabel("Event", { exact: true }).fill("notification");
    const code = page.getByRole("region", { name: "As code" });
    for (const [name, part] of [
      ["Producer", 'realtime.send("notification"'],
      ["AWS CLI", "aws sqs send-message"],
      ["Python", "boto3.client"],
      ["curl", gateway.eventsUrl],
    ] as const) {
      await button(name).click();
      await code.getByText(part).waitFor();
      await code.getByRole("button", { name: /^Cop/ }).click();
      await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toContain(part);
    }
  });

  it("shows the badge and both payloads of an event that is too large", async () => {
    const consolePage = await open();
    const { page, goTo, button, rows } = consolePage;
    await goTo("Compose");
    await page.getByLabel("Event", { exact: true }).fill("audit.step_completed");
    await button("Make it too large").click();
    await page.getByRole("region", { name: "Preview" }).getByText("truncated").waitFor();
    await button("Send").first().click();
    await goTo("Live");

    await rows("audit.step_completed").getByText("truncated").waitFor();
    await rows("audit.step_completed").getByRole("button").click();

    const drawer = page.getByRole("complementary", { name: "Explanation of the event" });
    await drawer.getByText(/KiB sent, \d+ B published/).waitFor();
    await drawer.locator(".diff-removed", { hasText: "citations" }).waitFor();
    await drawer.locator(".diff-added", { hasText: "citationsCount" }).waitFor();
    await drawer.locator(".hops").getByText("Pusher: 200").waitFor();
    await drawer.getByText("Why these channels").waitFor();
    await illustrate(consolePage, "light");
  });

  it("shows the retries of a fault, and after its end the recovery with nothing lost", async () => {
    const { page, goTo, button, rows } = await open();
    await goTo("Break it");
    await page.getByRole("switch", { name: "Pusher is down" }).click();
    await page.getByText("1 fault on").waitFor();
    await button("Play an audit").click();
    await page.getByText(/0 done, [1-9]\d* on their way/).waitFor();
    await goTo("Live");
    await rows("failed").first().waitFor();

    await goTo("Break it");
    await button("End all faults").click();

    await page.getByText(/^21 sent, 21 done, 0 on their way, 0 dead-lettered$/).waitFor();
    await goTo("Live");
    await rows("retried").first().waitFor();
    await expectRows(rows("failed"), 0);
    await rows("retried").last().getByRole("button").click();
    await page.locator(".hops").getByText("queue, before the retry").first().waitFor();
    await page.locator(".hops").getByText("Pusher: 200").waitFor();
    await takeConsoleScreenshot({ page }, "fault");
  });

  it("shows a dead letter, edits it and redrives it", async () => {
    const { page, goTo, button, rows } = await open();
    await gateway.send(cloudEvent("audit.config_loaded", { config_id: "c" }));
    await rows("dead-lettered").waitFor();
    await goTo("Queue");
    await page.getByText("invalid_event").first().waitFor();

    await button("Edit").click();
    await page.getByLabel("Message to redrive").fill(cloudEvent("audit.config_loaded", { audit_id: "mended" }));
    await button("Redrive the edited message").click();

    await page.getByText("No dead letter").waitFor();
    await goTo("Live");
    await rows("private-audit-mended").getByText("published").waitFor();
  });

  it("drops a dead letter only after a confirmation", async () => {
    const { page, goTo, button } = await open();
    await gateway.send("no event");
    await goTo("Queue");
    await button("Drop …").click();
    await button("Delete it for good").waitFor();
    expect((await gateway.control.queue()).deadLetters).toBe(1);
    await button("Delete it for good").click();
    await page.getByText("No dead letter").waitFor();
  });

  it("filters by name, id and flag, and finds words in payloads", async () => {
    const { page, rows } = await open();
    await gateway.send(cloudEvent("audit.config_loaded", { audit_id: "night", config_name: "the quiet config" }));
    await gateway.send(cloudEvent("audit.config_loaded", { audit_id: "morning" }));
    await gateway.send(cloudEvent("notification", { type: "info", message: "hello" }));
    await expectRows(rows(/published/), 3);
    const filter = page.getByLabel("Filter");

    await filter.fill("type:audit.*");
    await expectRows(rows(/published/), 2);
    await filter.fill("id:night is:published");
    await expectRows(rows(/published/), 1);
    await filter.fill("quiet");
    await expectRows(rows("private-audit-night"), 1);
    await expectRows(rows(/published/), 1);
    await filter.fill("is:publish");
    await page.getByText(/is:publish does not exist/).waitFor();
    await filter.fill("nothing-has-this");
    await page.getByText("No event matches the filter").waitFor();
  });

  it("can be used with the keyboard alone", async () => {
    const { page, rows } = await open();
    for (const id of ["k1", "k2"]) await gateway.send(cloudEvent("audit.config_loaded", { audit_id: id }));
    await expectRows(rows(/published/), 2);
    const { keyboard } = page;
    const drawer = page.getByRole("complementary", { name: "Explanation of the event" });

    await keyboard.press("/");
    await keyboard.type("id:k1");
    await expectRows(rows(/published/), 1);
    await keyboard.press("Escape");
    await keyboard.press("j");
    await keyboard.press("Enter");
    await drawer.getByText("private-audit-k1").first().waitFor();
    await keyboard.press("r");
    await drawer.getByText("Related events").waitFor();
    await expectRows(rows("audit.config_loaded"), 2);
    await keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await keyboard.press(" ");
    await page.getByRole("button", { name: "Continue" }).waitFor();
    await keyboard.press(" ");
    await keyboard.press("e");
    await page.getByRole("heading", { name: "Compose an event" }).waitFor();
    await expect.poll(() => page.getByLabel("audit_id").inputValue()).toBe("k1");
    await keyboard.press("4");
    await page.getByRole("heading", { name: "Channels", exact: true }).waitFor();
    await keyboard.press("c");
    await keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
  });

  it("subscribes to a channel through the real auth function, and shows a name that does not exist", async () => {
    const { page, goTo, button } = await open();
    await goTo("Channels");
    await page.getByLabel("Subscribe this page to a channel").fill("private-audit-=");
    await button("Subscribe").first().click();
    await page.getByText("No such channel").waitFor();
    await page.getByLabel("Subscribe this page to a channel").fill("presence-audit-42");
    await button("Subscribe").first().click();
    await page.getByText(/1 member: /).waitFor();
    await page.getByLabel("Subscribe this page to a channel").fill("private-audit-42");
    await button("Subscribe").first().click();
    await page
      .getByRole("row")
      .filter({ hasText: "private-audit-42" })
      .getByRole("button", { name: "Unsubscribe" })
      .waitFor();
    await gateway.send(cloudEvent("audit.config_loaded", { audit_id: "42" }));
    await page.getByText("1 event", { exact: true }).last().waitFor();
  });

  it.each([
    { where: "on a desk", options: {}, image: undefined },
    { where: "in the dark", options: { dark: true }, image: "dark" },
    { where: "on a phone of 360 px", options: { width: 360, height: 740 }, image: "phone" },
  ])("is accessible and has no sideways scrolling in each view $where", async ({ options, image }) => {
    const consolePage = await open(options);
    const { page, goTo, rows } = consolePage;
    await gateway.send(cloudEvent("audit.config_loaded", { audit_id: "42" }));
    await gateway.send(cloudEvent("audit.config_loaded", {}));
    await rows("dead-lettered").waitFor();
    for (const view of ["Compose", "Break it", "Channels", "Queue", "Live"] as const) {
      await goTo(view);
      await page.getByRole("main").getByRole("heading").first().waitFor({ state: "attached" });
      expect(await accessibilityFaults(page), view).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), view).toBeLessThanOrEqual(0);
    }
    await rows("published").getByRole("button").click();
    await page.getByText("What happened").waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    if (image !== undefined) await illustrate(consolePage, image);
  });

  it("has no task above 100 ms at 500 events a second and while scrolling, and loses no row", async () => {
    const feed = await startConsoleFeed();
    const context = await chromium.browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(feed.url);
      await page.getByText("live", { exact: true }).waitFor();
      const longest = await longestTaskMs(chromium.browser, page, async () => {
        await feed.play(EVENTS_PER_SECOND, LOAD_SECONDS);
        await page.getByText("2,000 of 2,000 events").waitFor();
        await page.evaluate(SCROLL_TO_THE_END);
      });

      expect(longest).toBeLessThanOrEqual(100);
      await expectRows(page.getByRole("row").filter({ hasText: "waiting" }), 0);
      expect(await page.locator(".rows .row").count()).toBeLessThan(60);
    } finally {
      await context.close();
      await feed.close();
    }
  });

  it("shows why a subscription is denied, and subscribes with a token that allows it", async () => {
    const strict = await startGateway({
      REALTIME_AUTH_MODE: "jwt",
      REALTIME_JWT_SECRET: JWT_SECRET,
      REALTIME_JWT_ISSUER: ISSUER,
      REALTIME_JWT_AUDIENCE: AUDIENCE,
    });
    const consolePage = await openConsole(chromium.browser, strict);
    try {
      const { page, goTo, button } = consolePage;
      await goTo("Channels");
      await page.getByLabel("Token").fill(tokenFor("audit-1"));
      await page.getByLabel("Subscribe this page to a channel").fill("private-audit-42");
      await button("Subscribe").first().click();
      const mine = page.getByRole("listitem").filter({ hasText: "private-audit-42" });
      await mine.getByText("denied").first().waitFor();
      await mine
        .getByText(/audit-42/)
        .nth(1)
        .waitFor();

      await page.getByLabel("Token").fill(tokenFor("audit-42"));
      await page.getByLabel("Token").press("Tab");
      await mine.getByText("subscribed", { exact: true }).waitFor();
    } finally {
      await consolePage.close();
      await strict.stop();
    }
  });

  // The last test: the stack does not watch the second server.
  it("reconnects after the Pusher server restarts, and receives events again", async () => {
    const { page, complaints, button, goTo } = await open();
    await button("Play an audit").click();
    await goTo("Channels");
    const toasts = page.getByRole("listitem").filter({ hasText: "private-global" });
    await toasts.getByText("2 events").waitFor();
    const { port } = gateway.pusher;
    await gateway.pusher.close();
    await page.getByText("This page, offline").waitFor();

    const second = await startPusherServer({ ...LOCAL_APP, port });
    try {
      await page.getByText("This page, live").waitFor({ timeout: 60_000 });
      await gateway.send(cloudEvent("notification", { type: "info", message: "again" }));
      await toasts.getByText("3 events").waitFor();
    } finally {
      await second.close();
    }
    // Chromium itself reports each failed connection.
    expect(complaints.filter((complaint) => !complaint.includes("WebSocket"))).toEqual([]);
    complaints.length = 0;
  });
});
