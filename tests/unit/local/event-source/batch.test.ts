import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatherBatch, splitBySize } from "../../../../packages/local/src/event-source/batch.ts";
import { pollerSettings } from "../../../../packages/local/src/event-source/settings.ts";
import { createFakeSource, idsOf, sqsRecordOf } from "../../../support/local-records.ts";

const NEVER = new AbortController().signal;

/** A clock that moves only with a sleep or a long poll. */
function createManualClock() {
  let nowMs = 0;
  return {
    now: () => nowMs,
    sleep: async (durationMs: number) => {
      nowMs += durationMs;
    },
  };
}

function records(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => sqsRecordOf(`m-${from + index}`));
}

describe("gatherBatch", () => {
  it("returns the messages of one poll without a window", async () => {
    const source = createFakeSource([records(3), records(3, 3)]);
    const batch = await gatherBatch(source, pollerSettings({}, false), NEVER, createManualClock());
    expect(idsOf(batch)).toEqual(["m-0", "m-1", "m-2"]);
  });

  it("requests no more than the batch size", async () => {
    const source = createFakeSource([records(4)]);
    await gatherBatch(source, pollerSettings({ batchSize: 4 }, false), NEVER, createManualClock());
    expect(source.asked).toEqual([{ maxRecords: 4, waitSeconds: 1 }]);
  });

  it("fills the batch over several polls while the window is open", async () => {
    const source = createFakeSource([records(10), records(5, 10)]);
    const settings = pollerSettings({ batchSize: 15, batchWindowSeconds: 2 }, false);
    const batch = await gatherBatch(source, settings, NEVER, createManualClock());
    expect(batch).toHaveLength(15);
  });

  it("returns a full batch at once, without waiting for the end of its window", async () => {
    const clock = createManualClock();
    const source = createFakeSource([records(10), records(5, 10)]);
    const settings = pollerSettings({ batchSize: 15, batchWindowSeconds: 300, waitSeconds: 0 }, false);
    expect(await gatherBatch(source, settings, NEVER, clock)).toHaveLength(15);
    expect(clock.now()).toBe(0);
  });

  it("takes a message that arrives while the window is open", async () => {
    const source = createFakeSource([records(1), [], records(1, 1)]);
    const settings = pollerSettings({ batchSize: 15, batchWindowSeconds: 1, waitSeconds: 0 }, false);
    expect(idsOf(await gatherBatch(source, settings, NEVER, createManualClock()))).toEqual(["m-0", "m-1"]);
  });

  it("ends with the window that the first message opened", async () => {
    const clock = createManualClock();
    const source = createFakeSource([records(1)]);
    const settings = pollerSettings({ batchSize: 15, batchWindowSeconds: 1, waitSeconds: 0 }, false);
    await gatherBatch(source, settings, NEVER, clock);
    expect(clock.now()).toBe(1000);
  });

  it("keeps the received messages when a later poll fails", async () => {
    const source = createFakeSource([records(2), new Error("unreachable")]);
    const settings = pollerSettings({ batchSize: 15, batchWindowSeconds: 2 }, false);
    const batch = await gatherBatch(source, settings, NEVER, createManualClock());
    expect(idsOf(batch)).toEqual(["m-0", "m-1"]);
  });

  it("stops filling when the poller stops", async () => {
    const source = createFakeSource([records(2), records(2, 2)]);
    const settings = pollerSettings({ batchSize: 15, batchWindowSeconds: 2 }, false);
    const batch = await gatherBatch(source, settings, AbortSignal.abort(), createManualClock());
    expect(idsOf(batch)).toEqual(["m-0", "m-1"]);
  });
});

describe("splitBySize", () => {
  const batchOfBodies = fc
    .array(fc.string({ unit: "grapheme", maxLength: 200 }))
    .map((bodies) => bodies.map((body, index) => sqsRecordOf(`m-${index}`, { body })));

  it("keeps every message, in order", () => {
    fc.assert(
      fc.property(batchOfBodies, (batch) => {
        expect(splitBySize(batch, 1500).flat()).toEqual(batch);
      }),
    );
  });

  it("never makes an event above the limit if each message fits", () => {
    fc.assert(
      fc.property(batchOfBodies, (batch) => {
        for (const Records of splitBySize(batch, 3000)) {
          if (Records.length > 1) expect(Buffer.byteLength(JSON.stringify({ Records }))).toBeLessThanOrEqual(3000);
        }
      }),
    );
  });

  it("does not split a batch of exactly the limit", () => {
    const batch = records(3);
    const bytes = Buffer.byteLength(JSON.stringify({ Records: batch }));
    expect(splitBySize(batch, bytes)).toHaveLength(1);
  });

  it("splits a batch of one byte more than the limit", () => {
    const batch = records(3);
    const bytes = Buffer.byteLength(JSON.stringify({ Records: batch }));
    expect(splitBySize(batch, bytes - 1)).toHaveLength(2);
  });
});
