import { describe, expect, it } from "vitest";
import { BENCH_NAMES, HELP, parseArguments } from "../../../../tools/bench/arguments.ts";

describe("the flags of npm run bench", () => {
  it("measure everything, in full, when there are none", () => {
    expect(parseArguments([])).toEqual({ kind: "bench", effort: "full", write: false, benches: BENCH_NAMES });
  });

  it("measure the parts that are named, in the order of the page", () => {
    expect(parseArguments(["--quick", "--only", "auth", "--only", "bundles"])).toEqual({
      kind: "bench",
      effort: "quick",
      write: false,
      benches: ["bundles", "auth"],
    });
  });

  it.each([
    ["a part that there is not", ["--only", "speed"], /no bench speed: they are bundles, cold-start/],
    ["a page of which only a part was measured", ["--only", "auth", "--write"], /--write writes the whole page/],
    ["a flag that there is not", ["--fast"], /--fast/],
  ])("are rejected, and the error names the cause: %s", (_what, argv, complaint) => {
    expect(parseArguments(argv)).toEqual({ kind: "invalid", complaint: expect.stringMatching(complaint) });
  });

  it("are all in the help", () => {
    for (const flag of ["--quick", "--only", "--write", "--help", ...BENCH_NAMES]) expect(HELP).toContain(flag);
  });
});
