import { describe, expect, it } from "vitest";
import { createTokenBucket } from "../../../packages/access/src/token-bucket.ts";

const takeAll = (bucket: { take(): boolean }): number => {
  let taken = 0;
  while (bucket.take()) taken += 1;
  return taken;
};

describe("a token bucket", () => {
  it("allows as many takes at once as its capacity", () => {
    expect(takeAll(createTokenBucket({ capacity: 3, refillMs: 1000 }, () => 0))).toBe(3);
  });

  it.each([
    [999, 0],
    [1000, 1],
    [2500, 2],
    [1_000_000, 3],
  ])("allows after %d ms %d more takes", (elapsedMs, expected) => {
    let nowMs = 5000;
    const bucket = createTokenBucket({ capacity: 3, refillMs: 1000 }, () => nowMs);
    takeAll(bucket);
    nowMs += elapsedMs;
    expect(takeAll(bucket)).toBe(expected);
  });

  it("refills after the clock was set back", () => {
    let nowMs = 1_000_000;
    const bucket = createTokenBucket({ capacity: 1, refillMs: 1000 }, () => nowMs);
    takeAll(bucket);
    nowMs = 0;
    bucket.take();
    nowMs = 1000;
    expect(bucket.take()).toBe(true);
  });

  it("refills while takes fail", () => {
    let nowMs = 0;
    const bucket = createTokenBucket({ capacity: 1, refillMs: 1000 }, () => nowMs);
    takeAll(bucket);
    const taken = Array.from({ length: 40 }, () => {
      nowMs += 100;
      return bucket.take();
    });
    expect(taken.filter(Boolean).length).toBeGreaterThanOrEqual(3);
  });
});
