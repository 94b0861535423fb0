import { expect, it } from "vitest";
import { expectRows } from "../../support/console-page.ts";
import { firstMinute, walk } from "../../support/console-walk.ts";
import type { ConsoleWorld } from "../../support/console-world.ts";
import { cloudEvent } from "../../support/stack.ts";

/** The live list, its filter, its keys and the first minute. */
export function liveScenarios(world: () => ConsoleWorld): void {
  it("explains itself on the first visit, and shows an audit arriving in this browser", async () => {
    const { page, button, rows } = await world().open({ known: false });
    await page.getByRole("heading", { name: "Watch events travel" }).waitFor();

    await button("Play an audit").click();

    await rows("audit.completed").getByText("published").waitFor();
    await rows("audit.completed")
      .getByText(/✓ \d+ ms/)
      .waitFor();
    await page.getByRole("list", { name: "The way of an event" }).getByText("3 channels").waitFor();
    await page
      .getByRole("region", { name: "Health" })
      .getByText(/^p99 [\d.,]+ m?s, to Pusher [\d.,]+ m?s$/)
      .waitFor();
    await button("Got it").click();
    await page.reload();
    await rows("audit.completed").waitFor();
    expect(await page.getByRole("heading", { name: "Watch events travel" }).count()).toBe(0);
  });

  it("teaches a newcomer the gateway in the eight steps of docs/console.md", async () => {
    const { page } = await world().open({ known: false });
    const steps = await firstMinute();
    expect(steps).toHaveLength(8);
    for (const step of steps) await walk(page, step, world().gateway.http.url);
  });

  it("filters by name, id and flag, and finds words in payloads", async () => {
    const { page, rows } = await world().open();
    await world().gateway.send(
      cloudEvent("audit.config_loaded", { audit_id: "night", config_name: "the quiet config" }),
    );
    await world().gateway.send(cloudEvent("audit.config_loaded", { audit_id: "morning" }));
    await world().gateway.send(cloudEvent("notification", { type: "info", message: "hello" }));
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
    const { page, rows } = await world().open();
    for (const id of ["k1", "k2"]) await world().gateway.send(cloudEvent("audit.config_loaded", { audit_id: id }));
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
}
