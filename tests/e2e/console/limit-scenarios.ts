import { expect, it } from "vitest";
import { openContext } from "../../support/clients/chromium.ts";
import { startConsoleFeed } from "../../support/console-feed.ts";
import { accessibilityFaults, expectRows, illustrate } from "../../support/console-page.ts";
import type { ConsoleWorld } from "../../support/console-world.ts";
import { longestTaskMs } from "../../support/page-load.ts";
import { cloudEvent } from "../../support/stack.ts";

/** tests/consumers/console.test.ts has the load of 20 s. Every run of `npm test` pays for this one. */
const LOAD_SECONDS = 4;
const EVENTS_PER_SECOND = 500;
const SCROLL_TO_THE_END = `(async () => {
  const rows = document.querySelector(".scroller");
  while (rows.scrollTop + rows.clientHeight < rows.scrollHeight) {
    rows.scrollTop += 1000;
    await new Promise(requestAnimationFrame);
  }
})()`;

/** Accessibility, narrow windows and load. */
export function limitScenarios(world: () => ConsoleWorld): void {
  it.each([
    { where: "on a desk", options: {}, image: undefined },
    { where: "in the dark", options: { dark: true }, image: "dark" },
    { where: "on a phone of 360 px", options: { width: 360, height: 740 }, image: "phone" },
  ])("is accessible and has no sideways scrolling in each view $where", async ({ options, image }) => {
    const consolePage = await world().open(options);
    const { page, goTo, rows } = consolePage;
    await world().gateway.send(cloudEvent("audit.config_loaded", { audit_id: "42" }));
    await world().gateway.send(cloudEvent("audit.config_loaded", {}));
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
    const context = await openContext(world().browser);
    try {
      const page = await context.newPage();
      await page.goto(feed.url);
      await page.getByText("live", { exact: true }).waitFor();
      const longest = await longestTaskMs(world().browser, page, async () => {
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
}
