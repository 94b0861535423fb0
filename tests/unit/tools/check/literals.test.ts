import { describe, expect, it } from "vitest";
import { stringsIn, titlesIn } from "../../../../tools/check/literals.ts";

const textsOf = (excerpts: readonly { readonly text: string }[]) => excerpts.map(({ text }) => text);

describe("test titles", () => {
  it("finds the titles of describe, it and test, with their lines", () => {
    expect(titlesIn("a.test.ts", 'describe("a queue", () => {\n  it("sends", f);\n});\ntest("x", f);')).toEqual([
      { place: "a.test.ts:1", text: "a queue" },
      { place: "a.test.ts:2", text: "sends" },
      { place: "a.test.ts:4", text: "x" },
    ]);
  });

  it("finds a title behind a table with parentheses of its own", () => {
    const source = 'it.each([[f(1), "no"], [g(2), "neither"]])("returns %s for $name", () => {});';
    expect(textsOf(titlesIn("a.test.ts", source))).toEqual(["returns value for value"]);
  });

  it("finds titles behind conditions and in templates", () => {
    const source = 'it.skipIf(process.platform === "win32")(`stops $' + "{name} within $" + "{1 + 1} s`, f);";
    expect(textsOf(titlesIn("a.test.ts", source))).toEqual(["stops value within value s"]);
  });

  it("ignores methods that are named test", () => {
    expect(titlesIn("a.test.ts", '/x/.test("no title"); schema.it("neither");')).toEqual([]);
  });
});

describe("texts", () => {
  it("finds strings and the parts of templates with four words or more", () => {
    const source =
      'throw new Error("the queue does not answer");\nlog(`the call of $' + "{name} failed after two attempts`);";
    expect(stringsIn("a.ts", source)).toEqual([
      { place: "a.ts:1", text: "the queue does not answer" },
      { place: "a.ts:2", text: "failed after two attempts" },
    ]);
  });

  it("ignores names, codes and comments", () => {
    expect(stringsIn("a.ts", '// a comment of five words\nimport "./a.ts"; log("message_dead_lettered");')).toEqual([]);
  });
});
