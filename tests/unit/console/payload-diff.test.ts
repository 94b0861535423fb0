import { describe, expect, it } from "vitest";
import { payloadDiff } from "../../../packages/console/src/model/payload-diff.ts";

describe("the difference of two payloads", () => {
  it("names each member as same, removed or added", () => {
    const before = '{"audit_id":"42","citations":[1,2],"score":1}';
    const after = '{"audit_id":"42","citationsCount":2,"score":2,"truncated":true}';
    expect(payloadDiff(before, after)).toEqual([
      { kind: "same", text: '"audit_id": "42"' },
      { kind: "removed", text: '"citations": [\n  1,\n  2\n]' },
      { kind: "removed", text: '"score": 1' },
      { kind: "added", text: '"score": 2' },
      { kind: "added", text: '"citationsCount": 2' },
      { kind: "added", text: '"truncated": true' },
    ]);
  });

  it("calls a value the same when only its spelling changed", () => {
    expect(payloadDiff('{"a":"\\u00e9"}', '{"a":"é"}')).toEqual([{ kind: "same", text: '"a": "é"' }]);
  });

  it("shortens a long value, and states how much it left out", () => {
    const [line] = payloadDiff(`{"a":"${"x".repeat(500)}"}`, "{}");
    expect(line?.text).toMatch(/x … 102 more characters$/);
  });

  it("compares other texts as a whole", () => {
    expect(payloadDiff("1", "1")).toEqual([{ kind: "same", text: "1" }]);
    expect(payloadDiff("1", "2").map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });
});
