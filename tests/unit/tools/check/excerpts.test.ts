import { describe, expect, it } from "vitest";
import { commentsIn } from "../../../../tools/check/excerpts.ts";

const textsOf = (excerpts: readonly { readonly text: string }[]) => excerpts.map(({ text }) => text);

describe("comments", () => {
  it("joins line comments on consecutive lines", () => {
    expect(commentsIn("a.ts", "const a = 1;\n// One sentence\n// on two lines.\n")).toMatchObject([
      { place: "a.ts:2", text: "One sentence on two lines." },
    ]);
  });

  it("keeps a comment behind code apart from the next line's comment", () => {
    expect(textsOf(commentsIn("a.ts", "// First.\nconst a = 1; // Second.\n// Third.\n"))).toEqual([
      "First.",
      "Second.",
      "Third.",
    ]);
  });

  it("removes the stars of a block comment", () => {
    expect(textsOf(commentsIn("a.ts", "/**\n * One.\n * Two.\n */\n"))).toEqual(["One.\nTwo."]);
  });

  it("ignores what looks like a comment in strings, templates and regular expressions", () => {
    const source = 'const a = ["// no", `/* no $' + '{"// no"} */`, /\\/\\/ no/];';
    expect(commentsIn("a.ts", source)).toEqual([]);
  });

  it("reads the reason of a suppression and ignores other directives", () => {
    const source = "// @ts-expect-error\n// biome-ignore lint/style/x: The API requires it.\nf();\n";
    expect(textsOf(commentsIn("a.ts", source))).toEqual(["The API requires it."]);
  });
});
