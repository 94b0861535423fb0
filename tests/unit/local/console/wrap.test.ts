import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrap } from "../../../../packages/local/src/console/wrap.ts";

describe("wrap", () => {
  it("returns no line that passes the width, and loses no text", () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom("a", ",", "-"), minLength: 1, maxLength: 30 }));
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (list, width) => {
        const lines = wrap(list.join(" "), width);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(list.join(""));
      }),
    );
  });

  it("breaks between words, and cuts a long word behind a comma", () => {
    expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
    expect(wrap("paths=[first,second,third]", 15)).toEqual(["paths=[first,", "second,third]"]);
    expect(wrap("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
  });

  it("returns one empty line for an empty text", () => {
    expect(wrap("", 10)).toEqual([""]);
  });
});
