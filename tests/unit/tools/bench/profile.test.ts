import { describe, expect, it } from "vitest";
import { ownTimes, readCpuProfile } from "../../../../tools/bench/profile/cpu-profile.ts";
import { flameGraph } from "../../../../tools/bench/profile/flame-graph.ts";

const frame = (functionName: string, url = "file:///anywhere/a.mjs") => ({ functionName, url, lineNumber: 4 });

/** `main` calls `work`, which calls itself once more. */
const PROFILE = JSON.stringify({
  nodes: [
    { id: 1, callFrame: frame("(root)", ""), children: [2] },
    { id: 2, callFrame: frame("main"), children: [3, 5] },
    { id: 3, callFrame: frame("work<T>"), children: [4] },
    { id: 4, callFrame: frame("work<T>") },
    { id: 5, callFrame: frame("post", "node:inspector") },
  ],
  samples: [2, 3, 4, 3, 5],
  timeDeltas: [1000, 2000, 3000, 4000, 5000],
});

describe("a CPU profile", () => {
  const root = readCpuProfile(PROFILE);

  it("is read as a call tree, with its own and all time of each place", () => {
    expect(root).toMatchObject({
      name: "(root)",
      selfMs: 0,
      totalMs: 10,
      children: [{ name: "main a.mjs:5", selfMs: 1, totalMs: 10, children: [{ selfMs: 6, totalMs: 9 }] }],
    });
  });

  it("leaves out the profiler itself", () => {
    expect(ownTimes(root).flat()).not.toContainEqual(expect.stringContaining("node:inspector"));
  });

  it("adds up a function's own time, wherever it was called", () => {
    expect(ownTimes(root)).toEqual([
      ["work<T> a.mjs:5", 9],
      ["main a.mjs:5", 1],
      ["(root)", 0],
    ]);
  });

  it("becomes a picture in which widths are times", () => {
    const svg = flameGraph(root, "a & b");
    expect(svg).toContain("a &amp; b: 10.0 ms");
    expect([...svg.matchAll(/width="([\d.]+)"/g)].map(([, width]) => width)).toEqual([
      "1200.0",
      "1200.0",
      "1080.0",
      "360.0",
    ]);
    expect(svg).not.toContain("work<T>");
  });
});
