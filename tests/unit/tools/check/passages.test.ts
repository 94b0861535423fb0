import { describe, expect, it } from "vitest";
import { passagesIn } from "../../../../tools/check/passages.ts";

const textsOf = (excerpts: readonly { readonly text: string }[]) => excerpts.map(({ text }) => text);

describe("passages of Markdown", () => {
  it("joins the lines of a paragraph and of a list item", () => {
    expect(textsOf(passagesIn("a.md", "One\nparagraph.\n\n- an item\n  of two lines\n- another\n"))).toEqual([
      "One paragraph.",
      "- an item of two lines",
      "- another",
    ]);
  });

  it("leaves out front matter, code blocks and comments", () => {
    const page = "---\nname: x\n---\n\n# Title\n```ts\nconst no = 1;\n```\n<!-- no\nneither -->\nText.\n";
    expect(passagesIn("a.md", page)).toEqual([
      { place: "a.md:5", text: "# Title" },
      { place: "a.md:11", text: "Text." },
    ]);
  });

  it("reads each table row alone", () => {
    expect(textsOf(passagesIn("a.md", "| a | b |\n| --- | --- |\n| c | d |\n"))).toHaveLength(3);
  });
});
