import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { projectFiles } from "./files.ts";
import { type Finding, lineAt, report } from "./report.ts";

const LINK = /\]\((?!\w+:|#)([^)#\s]+)/g;
/** A path in backticks that begins with a folder of the project, such as `packages/events/src/catalog.ts`. `NAME` is a placeholder. */
const MENTION = /`((?:functions|packages|infra|tools|tests|docs|examples)\/(?![\w./-]*\bNAME\b)[\w./-]+)`/g;

/** Replaces every line of an example by `#`, so that lines keep their numbers and the paragraph ends. */
const withoutExamples = (page: string): string =>
  page.replaceAll(/^( *)(```|~~~)[\s\S]*?^\1\2$/gm, (block, indent: string) =>
    block.replaceAll(/[^\n]+/g, `${indent}#`).replaceAll(/^$/gm, `${indent}#`),
  );

/** Links and mentions whose file does not exist. */
export function missingFiles(path: string, page: string, exists: (target: string) => boolean): readonly Finding[] {
  const text = withoutExamples(page);
  const missing = (pattern: RegExp, targetOf: (written: string) => string): readonly Finding[] =>
    [...text.matchAll(pattern)].flatMap(({ index, 1: written = "" }) =>
      exists(targetOf(written))
        ? []
        : [{ place: `${path}:${lineAt(text, index)}`, problem: `${written} does not exist` }],
    );
  return [
    ...missing(LINK, (written) => posix.join(posix.dirname(path), decodeURI(written))),
    ...missing(MENTION, (written) => written),
  ];
}

const ITEM = /^\s*(?:\d+[.)]|[-*+])\s/;

/** Table rows without a table, and list items inside a paragraph: both render as plain text, and markdownlint allows them. */
export function strayLines(path: string, page: string): readonly Finding[] {
  const lines = withoutExamples(page).split("\n");
  const findings: Finding[] = [];
  let block: Block = "none";
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1] ?? "";
    const place = `${path}:${index + 1}`;
    if (line.startsWith("|") && !before.startsWith("|") && !/^\|[ :|-]+\|$/.test(lines[index + 1] ?? ""))
      findings.push({ place, problem: "a table row without a table: is there a blank line above it?" });
    if (block === "paragraph" && /^(?!1[.)])\d+[.)] /.test(line))
      findings.push({ place, problem: "a list item inside a paragraph: add a blank line above it" });
    block = blockAfter(line, before, block);
  }
  return findings;
}

type Block = "none" | "paragraph" | "list";

function blockAfter(line: string, before: string, block: Block): Block {
  if (/^[#|<>]/.test(line)) return "none";
  if (line.trim() === "") return block === "list" ? "list" : "none";
  if (block !== "paragraph" && ITEM.test(line)) return "list";
  const continuesList = block === "list" && (/^\s/.test(line) || before.trim() !== "");
  return continuesList ? "list" : "paragraph";
}

if (import.meta.main)
  report(
    "pages",
    projectFiles("*.md").flatMap((path) => {
      const page = readFileSync(path, "utf8");
      return [...missingFiles(path, page, existsSync), ...strayLines(path, page)];
    }),
  );
