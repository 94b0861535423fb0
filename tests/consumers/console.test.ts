import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM_RUNS } from "../support/clients/chromium.ts";
import { startConsoleFeed } from "../support/console-feed.ts";
import { type ConsoleWorld, startConsoleWorld } from "../support/console-world.ts";
import { metronome } from "../support/metronome.ts";
import { heapBytes, longestTaskMs } from "../support/page-load.ts";
import { cloudEvent, type TestGateway } from "../support/stack.ts";

const SECONDS = 20;
const EVENTS_PER_SECOND = 500;
/** The limit of SendMessageBatch. */
const BATCH = 10;
/** The stack works off its queue at its own pace. */
const PATIENCE = { timeout: 300_000 };

const shown = (page: Page, count: string) => page.getByText(`${count} of 10,000 events`, { exact: true });

/** Sends 500 different events a second to the queue for 20 s. */
async function fillQueue({ queue: { endpoint, region, credentials, queueUrl } }: TestGateway): Promise<void> {
  const sqs = new SQSClient({ endpoint, region, credentials: { ...credentials } });
  const nextBatch = metronome(EVENTS_PER_SECOND / BATCH);
  const answers: Promise<unknown>[] = [];
  for (let sent = 0; sent < SECONDS * EVENTS_PER_SECOND; sent += BATCH) {
    const Entries = Array.from({ length: BATCH }, (_, place) => ({
      Id: String(place),
      MessageBody: cloudEvent("audit.config_loaded", { audit_id: `load-${sent + place}` }),
    }));
    answers.push(sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries })));
    await nextBatch();
  }
  await Promise.all(answers);
  sqs.destroy();
}

describe.skipIf(!CHROMIUM_RUNS)("the console at 500 events a second for 20 s", () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
  });
  afterAll(() => world.stop());
  afterEach(() => world.closePages());

  it("has no task above 100 ms, loses no row, and keeps its memory when new rows replace old ones", async () => {
    const feed = await startConsoleFeed();
    const context = await world.browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(feed.url);
      await page.getByText("live", { exact: true }).waitFor();
      const play = () => longestTaskMs(world.browser, page, () => feed.play(EVENTS_PER_SECOND, SECONDS));

      const filling = await play();
      await shown(page, "10,000").waitFor();
      const fullBytes = await heapBytes(page);
      const replacing = await play();
      const replacedBytes = await heapBytes(page);

      expect(Math.max(filling, replacing)).toBeLessThanOrEqual(100);
      expect(replacedBytes / fullBytes).toBeLessThanOrEqual(1.5);
      await page.getByLabel("Filter").fill("is:published");
      await shown(page, "10,000").waitFor();
    } finally {
      await context.close();
      await feed.close();
    }
  });

  it("shows every event that a real stack gets", async () => {
    const { page } = await world.open();

    const longest = await longestTaskMs(world.browser, page, () => fillQueue(world.gateway));

    await expect.poll(() => world.gateway.control.figures().byStatus, PATIENCE).toEqual({ published: 10_000 });
    await page.getByText("10,000 events", { exact: true }).waitFor();
    await page.getByLabel("Filter").fill("is:published");
    await shown(page, "10,000").waitFor();
    expect(longest).toBeLessThanOrEqual(100);
    expect(world.gateway.control.figures()).toMatchObject({ events: 10_000, billable: { published: 10_000 } });
    expect(await world.gateway.control.queue()).toMatchObject({ waiting: 0, inFlight: 0, deadLetters: 0 });
  });
});
