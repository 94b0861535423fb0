import { describe, expect, it } from "vitest";
import type { Change } from "../../../../tools/contract/compare/change.ts";
import { report } from "../../../../tools/contract/compare/report.ts";
import { judge, parseWaivers } from "../../../../tools/contract/compare/waivers.ts";

const required: Change = { event: "audit.failed", side: "producers", detail: "`error` became required" };
const line = "producers of `audit.failed`: `error` became required";
const reason = "Every producer has sent it since May.";

describe("a waiver", () => {
  it("excuses the breaking change with the same line", () => {
    const judged = judge([required], [{ change: line, reason }]);
    expect(judged.breaking).toEqual([]);
    expect(report(judged)).toEqual([
      "Waived:",
      `  ${line} (${reason})`,
      "",
      "This needs a new major version; before 1.0, a new minor one.",
    ]);
  });

  it("does not excuse another change", () => {
    const judged = judge([{ ...required, detail: "`status` became required" }], [{ change: line, reason }]);
    expect(judged.breaking).toHaveLength(1);
    expect(report(judged)).toContain(`  ${line}`);
    expect(report(judged)).toContain("Waivers without a change; delete them:");
  });

  it.each(['{"change":"a"}', "[{}]", '[{"change":"a","reason":"short"}]', '[{"change":"a"}]'])(
    "throws for %s",
    (text) => {
      expect(() => parseWaivers(text)).toThrow('must be a list of { "change", "reason" }');
    },
  );
});

describe("the report", () => {
  it("states that nothing changed", () => {
    expect(report(judge([], []))).toEqual(["The contract is the same."]);
  });
});
