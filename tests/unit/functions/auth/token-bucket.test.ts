import { describe, expect, it } from "vitest";
import { createTokenBucket } from "../../../../functions/auth/token-bucket.ts";

const takeAll = (bucket: { take(): boolean }): number => {
  let taken = 0;
  while (bucket.take()) taken += 1;
  return taken;
};

describe("a token bucket", () => {
  it("lets its capacity through at once, and no more", () => {
    expect(takeAll(createTokenBucket({ capacity: 3, refillMs: 1000 }, () => 0))).toBe(3);
  });

  it.each([
    [999, 0],
    [1000, 1],
    [2500, 2],
    [1_000_000, 3],
  ])("has grown after %d ms by %d", (elapsedMs, expected) => {
    let nowMs = 5000;
    const bucket = createTokenBucket({ capacity: 3, refillMs: 1000 }, () => nowMs);
    takeAll(bucket);
    nowMs += elapsedMs;
    expect(takeAll(bucket)).toBe(expected);
  });

  it("grows on from where a clock was set back to", () => {
    let nowMs = 1_000_000;
    const bucket = createTokenBucket({ capacity: 1, refillMs: 1000 }, () => nowMs);
    takeAll(bucket);
    nowMs = 0;
    bucket.take();
    nowMs = 1000;
    expect(bucket.take()).toBe(true);
  });

  it("grows also while it is asked in vain", () => {
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
