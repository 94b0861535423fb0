import { expect, it } from "vitest";
import { expectRows, takeConsoleScreenshot } from "../../support/console-page.ts";
import type { ConsoleWorld } from "../../support/console-world.ts";
import { cloudEvent } from "../../support/stack.ts";

/** Faults and dead letters. */
export function troubleScenarios(world: () => ConsoleWorld): void {
  it("shows the retries of a fault, and after its end the recovery with nothing lost", async () => {
    const { page, goTo, button, rows } = await world().open();
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
    await page.locator(".hops").getByText("Pusher: 200").first().waitFor();
    await takeConsoleScreenshot({ page }, "fault");
  });

  it("shows a dead letter, edits it and redrives it", async () => {
    const { page, goTo, button, rows } = await world().open();
    await world().gateway.send(cloudEvent("audit.config_loaded", { config_id: "c" }));
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
    const { page, goTo, button } = await world().open();
    await world().gateway.send("no event");
    await goTo("Queue");
    await button("Drop …").click();
    await button("Delete it for good").waitFor();
    expect((await world().gateway.control.queue()).deadLetters).toBe(1);
    await button("Delete it for good").click();
    await page.getByText("No dead letter").waitFor();
  });

  it("redrives the dead letters of one code, and then drops the others after a confirmation", async () => {
    const { page, goTo, button, rows } = await world().open();
    const { control } = world().gateway;
    await world().gateway.send(cloudEvent("audit.config_loaded", {}));
    control.faults.add({ part: "pusher", effect: { kind: "answer", status: 400 } });
    await world().gateway.send(cloudEvent("notification", { type: "info", message: "hello" }));
    await goTo("Queue");
    await button("rejected_by_pusher 1").click();
    control.faults.clear();
    await button("Redrive all of rejected_by_pusher").click();
    await button("rejected_by_pusher 0").click();
    await page.getByText("audit.config_loaded", { exact: true }).waitFor();

    await button("Drop all …").click();
    await page.getByText("Delete 1 for good?").waitFor();
    expect((await control.queue()).deadLetters).toBe(1);
    await button("Delete").click();
    await page.getByText("No dead letter").waitFor();
    await goTo("Live");
    await rows("notification").getByText("published").first().waitFor();
  });
}
