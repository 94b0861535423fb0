import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Tests with jsdom have another `import.meta.url`. */
const ROOT = join(import.meta.dirname, "../..");

/** A fenced block of a Markdown page. */
export interface DocBlock {
  readonly page: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** What follows the language: the file that the block shows. */
  readonly file: string | undefined;
  readonly text: string;
  /** The nearest heading above the block. */
  readonly heading: string;
  /** The last line of text above the block. */
  readonly above: string;
}

const FENCE = /^( *)```(\w*)(?: +(\S+))?\n([\s\S]*?)^\1```$/gm;
const HEADING = /^#+ (.+)$/gm;

/** The fenced blocks of a page of this repository. */
export const blocksOf = (page: string): readonly DocBlock[] => blocksIn(page, readFileSync(join(ROOT, page), "utf8"));

/** The fenced blocks of a Markdown text, without the indentation of their list item. */
export const blocksIn = (page: string, markdown: string): readonly DocBlock[] =>
  [...markdown.matchAll(FENCE)].map(({ index, 1: indent = "", 2: language = "", 3: file, 4: text = "" }) => {
    const before = markdown.slice(0, index);
    return {
      page,
      line: before.split("\n").length,
      language,
      file,
      text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      heading: [...withoutBlocks(before).matchAll(HEADING)].at(-1)?.[1] ?? "",
      above: before.trimEnd().split("\n").at(-1) ?? "",
    };
  });

/** A comment in a block of commands looks like a heading. */
const withoutBlocks = (markdown: string): string => markdown.replaceAll(FENCE, "");

/** The pages for readers: the README files, the guide for contributors, and `docs`. Decisions have no examples. */
export const DOC_PAGES: readonly string[] = globSync(
  ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/*.md", "examples/**/README.md", "packages/*/README.md"],
  { cwd: ROOT, exclude: (path) => path.includes("node_modules") },
).sort();
