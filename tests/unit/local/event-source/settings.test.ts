import { describe, expect, it } from "vitest";
import { pollerSettings } from "../../../../packages/local/src/event-source/settings.ts";

describe("pollerSettings", () => {
  it("defaults to Lambda's batches of ten and no window", () => {
    expect(pollerSettings({}, false)).toMatchObject({ batchSize: 10, batchWindowSeconds: 0 });
  });

  it.each([
    ["the smallest batch", { batchSize: 1 }],
    ["the largest batch", { batchSize: 10_000, batchWindowSeconds: 1 }],
    ["the longest window", { batchWindowSeconds: 300 }],
    ["the highest concurrency", { maximumConcurrency: 1000 }],
    ["the longest poll", { waitSeconds: 20 }],
  ])("accepts %s", (_name, options) => {
    expect(pollerSettings(options, false)).toMatchObject(options);
  });

  it.each([
    ["an empty batch", { batchSize: 0 }],
    ["a batch beyond the largest", { batchSize: 10_001, batchWindowSeconds: 1 }],
    ["a batch above ten without a window", { batchSize: 11 }],
    ["a window beyond the longest", { batchWindowSeconds: 301 }],
    ["a broken second", { batchWindowSeconds: 0.5 }],
    ["no concurrency", { maximumConcurrency: 0 }],
    ["a concurrency beyond the highest", { maximumConcurrency: 1001 }],
    ["a poll beyond the longest", { waitSeconds: 21 }],
  ])("rejects %s", (_name, options) => {
    expect(() => pollerSettings(options, false)).toThrow(RangeError);
  });

  it("accepts a batch of ten on a FIFO queue", () => {
    expect(pollerSettings({ batchSize: 10 }, true).batchSize).toBe(10);
  });

  it.each([
    ["a batch above ten", { batchSize: 11 }],
    ["a window", { batchWindowSeconds: 1 }],
  ])("rejects %s on a FIFO queue", (_name, options) => {
    expect(() => pollerSettings(options, true)).toThrow(RangeError);
  });
});
