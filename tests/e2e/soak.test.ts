import { describe, expect, it } from "vitest";
import { optionsOf } from "../../tools/soak/arguments.ts";
import { reportOf } from "../../tools/soak/report/report.ts";
import { soak } from "../../tools/soak/soak.ts";

/** Whoever wants to see the progress runs `npm run soak`. */
const unwatched = (): void => undefined;

describe("a small storm, with heavy faults", () => {
  it.each([
    { messages: 1_500, fifo: false, queue: "standard" },
    { messages: 500, fifo: true, queue: "FIFO" },
  ])("breaks no law on a $queue queue", async ({ messages, fifo, queue }) => {
    const result = await soak(optionsOf({ messages, fifo, seed: 7, faults: "heavy" }), unwatched);
    expect(result.violations).toEqual([]);
    expect(result.position.acknowledged).toBe(messages);
    const report = reportOf(result);
    expect(report).toContain(`${queue} queue`);
    expect(report).toMatch(/^messages sent +[\d,]+$/m);
    expect(report).toContain("All of them held.");
  });
});
