import { describe, expect, it } from "vitest";
import { budgetOf } from "../../../../functions/relay/budget.ts";

const START_MS = 1_772_442_000_000;

describe("budgetOf", () => {
  it("reserves two seconds, and half a second of them for the answer", () => {
    expect(budgetOf({ getRemainingTimeInMillis: () => 30_000 }, START_MS)).toEqual({
      startMs: START_MS,
      deadlineMs: START_MS + 28_000,
      endMs: START_MS + 29_500,
    });
  });

  it("reserves a quarter of a short invocation", () => {
    const { deadlineMs, endMs } = budgetOf({ getRemainingTimeInMillis: () => 4_000 }, START_MS);
    expect([deadlineMs - START_MS, endMs - START_MS]).toEqual([3_000, 3_750]);
  });

  it("returns whole milliseconds, because timers reject fractions", () => {
    const { deadlineMs, endMs } = budgetOf({ getRemainingTimeInMillis: () => 4_997 }, START_MS);
    expect([deadlineMs, endMs].every(Number.isInteger)).toBe(true);
  });
});
