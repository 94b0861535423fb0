import { describe, expect, it } from "vitest";
import { optionsOf } from "../../tools/soak/arguments.ts";
import { reportOf } from "../../tools/soak/report/report.ts";
import { soak } from "../../tools/soak/soak.ts";

/** The test does not show the progress; `npm run soak` does. */
const noProgress = (): void => undefined;

/** A storm takes 25 s on an idle machine, and minutes on a busy one. */
const limitSeconds = 900;
const TIMEOUT_MS = 1_000_000;

describe("a small storm, with heavy faults", () => {
  // One after the other: two storms at once starve each other, and a starved invocation outlives its visibility timeout.
  it.each([
    { messages: 600, fifo: false, queue: "standard" },
    { messages: 500, fifo: true, queue: "FIFO" },
  ])(
    "breaks no law on a $queue queue",
    async ({ messages, fifo, queue }) => {
      const options = optionsOf({ messages, fifo, seed: 7, faults: "heavy" });
      const result = await soak({ ...options, limitSeconds }, noProgress);
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
