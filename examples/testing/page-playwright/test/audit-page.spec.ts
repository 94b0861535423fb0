import { expect, test } from "./fixtures.ts";

const progress = (completed: number) => ({
  audit_id: "42",
  completed_steps: completed,
  total_steps: 5,
  failed_steps: 0,
  current_phase: "analysis",
});

test("shows the progress of its audit", async ({ page, pageUrl, cleanGateway }) => {
  await page.goto(`${pageUrl}?audit=42`);
  await expect(page.locator("#connection")).toHaveText("live");
  await cleanGateway.send("audit.progress", progress(3));
  await expect(page.locator("#steps")).toHaveText("3 of 5");
});

test("shows nothing of another audit", async ({ page, pageUrl, cleanGateway }) => {
  await page.goto(`${pageUrl}?audit=43`);
  await expect(page.locator("#connection")).toHaveText("live");
  await cleanGateway.send("audit.progress", progress(3));
  await cleanGateway.waitFor({ event: "audit.progress" });
  await expect(page.locator("#steps")).toHaveText("0 of 0");
});
