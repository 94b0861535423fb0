import { describe, expect, it } from "vitest";
import { missingFiles, strayLines } from "../../../../tools/check/pages.ts";

describe("files that a page names", () => {
  const exists = (path: string) => ["docs/other.md", "docs/a b.md", "packages/events/src/catalog.ts"].includes(path);
  const problemsOf = (page: string) => missingFiles("docs/page.md", page, exists).map(({ problem }) => problem);

  it("accepts links and mentions of files that exist", () => {
    expect(problemsOf("[a](other.md#part) [b](a%20b.md) [c](#here) `packages/events/src/catalog.ts`")).toEqual([]);
  });

  it("reports links and mentions of files that do not exist", () => {
    expect(problemsOf("[a](gone.md)\n`packages/events/src/gone.ts`")).toEqual([
      "gone.md does not exist",
      "packages/events/src/gone.ts does not exist",
    ]);
  });

  it("ignores addresses, patterns, placeholders and examples", () => {
    expect(
      problemsOf("[a](https://example.com) `functions/*/config.ts` `functions/NAME/x.ts`\n```md\n[b](gone.md)\n```\n"),
    ).toEqual([]);
  });
});

describe("lines that render as plain text", () => {
  const linesOf = (page: string) => strayLines("a.md", page).map(({ place }) => place);

  it("accepts a table and reports rows that a blank line cuts off", () => {
    expect(linesOf("| a |\n| --- |\n| b |\n")).toEqual([]);
    expect(linesOf("| a |\n| --- |\n\n| b |\n| c |\n")).toEqual(["a.md:4"]);
  });

  it("reports a list item that continues a paragraph after an example", () => {
    expect(linesOf("1. one\n2. two\n\n```sh\nls\n```\n\n   More about two.\n3. three\n")).toEqual(["a.md:9"]);
  });

  it("accepts a list whose items hold paragraphs and examples", () => {
    expect(
      linesOf("1. one\n   more\n2. two\n\n   More.\n\n   ```sh\n   ls\n   ```\n\n3. three\nlazy\n4. four\n"),
    ).toEqual([]);
  });
});
