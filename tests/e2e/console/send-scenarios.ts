import { expect, it } from "vitest";
import { expectRows, illustrate } from "../../support/console-page.ts";
import type { ConsoleWorld } from "../../support/console-world.ts";

/** Events that the page makes. */
export function sendScenarios(world: () => ConsoleWorld): void {
  it("composes an event from a form, checks it while typing, and shows its arrival with its time", async () => {
    const { page, goTo, button } = await world().open();
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
    const { page, goTo, button, rows } = await world().open();
    await goTo("Compose");
    await page.getByLabel("Event", { exact: true }).fill("notification");
    await button("Send ×10").first().click();
    await page.getByRole("region", { name: "Sent" }).getByText("10 events sent, 10 done").waitFor();
    await goTo("Live");
    await expectRows(rows("duplicate"), 0);

    // The relay would need some seconds for them.
    world().gateway.control.faults.add({ part: "queue", delayMs: 60_000 });
    await goTo("Compose");
    await button("Send ×1000").click();
    await page.getByText("1,000 events are in the queue").waitFor();
    const { waiting, inFlight } = await world().gateway.control.queue();
    expect(waiting + inFlight).toBe(1000);
  });

  it("copies an event as code of a producer, for the AWS CLI, in Python and for curl", async () => {
    const { page, goTo, button } = await world().open();
    await goTo("Compose");
    await page.getByLabel("Event", { exact: true }).fill("notification");
    const code = page.getByRole("region", { name: "As code" });
    for (const [name, part] of [
      ["Producer", 'realtime.send("notification"'],
      ["AWS CLI", "aws sqs send-message"],
      ["Python", "boto3.client"],
      ["curl", world().gateway.eventsUrl],
    ] as const) {
      await button(name).click();
      await code.getByText(part).waitFor();
      await code.getByRole("button", { name: /^Cop/ }).click();
      await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toContain(part);
    }
  });

  it("shows the badge and both payloads of an event that is too large", async () => {
    const consolePage = await world().open();
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
}
