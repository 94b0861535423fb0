import { describe, expect, it } from "vitest";
import { optionsOf } from "../../tools/soak/arguments.ts";
import { reportOf } from "../../tools/soak/report/report.ts";
import { soak } from "../../tools/soak/soak.ts";

/** The test does not show the progress; `npm run soak` does. */
const noProgress = (): void => undefined;

/** The time limit of the larger storm is 150 s, and each has a start and an end. */
const TIMEOUT_MS = 300_000;

describe("a small storm, with heavy faults", () => {
  // One after the other: two storms at once starve each other, and a starved invocation outlives its visibility timeout.
  it.each([
    { messages: 600, fifo: false, queue: "standard" },
    { messages: 500, fifo: true, queue: "FIFO" },
  ])(
    "breaks no law on a $queue queue",
    async ({ messages, fifo, queue }) => {
      const result = await soak(optionsOf({ messages, fifo, seed: 7, faults: "heavy" }), noProgress);
      expect(result.violations).toEqual([]);
      expect(result.progress.acknowledged).toBeGreaterThanOrEqual(messages);
      const report = reportOf(result);
      expect(report).toContain(`${queue} queue`);
      expect(report).toMatch(/^messages sent +[\d,]+$/m);
      expect(report).toContain("All of them held.");
    },
    TIMEOUT_MS,
  );
});
