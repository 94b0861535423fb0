import jsTokens from "js-tokens";

/** A piece of English, and where it is. */
export interface Passage {
  /** `path:line` */
  readonly place: string;
  readonly text: string;
}

/** Lines that speak to tools. */
const DIRECTIVE = /^(?:biome-ignore|@ts-|\/ *<reference|prettier-|eslint-)/;

/** The comments of TypeScript text. Line comments that follow each other are one. */
export function commentsIn(path: string, source: string): readonly Passage[] {
  const comments: { place: string; text: string; endLine: number; isLine: boolean }[] = [];
  let line = 1;
  let onlySpace = true;
  for (const token of jsTokens(source)) {
    const isLine = token.type === "SingleLineComment";
    if (isLine || token.type === "MultiLineComment") {
      const text = textOf(token.value);
      const last = comments.at(-1);
      if (isLine && onlySpace && last?.isLine === true && last.endLine === line - 1) {
        last.text += ` ${text}`;
        last.endLine = line;
      } else if (text !== "" && !DIRECTIVE.test(text))
        comments.push({ place: `${path}:${line}`, text, endLine: line, isLine });
    }
    const breaks = token.value.split("\n").length - 1;
    line += breaks;
    if (token.type === "LineTerminatorSequence") onlySpace = true;
    else if (token.type !== "WhiteSpace") onlySpace = false;
  }
  return comments;
}

const textOf = (comment: string): string =>
  comment
    .replace(/^\/\*+|\*+\/$/g, "")
    .replace(/^\/\//, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim();

const TITLE = /\b(?:it|test|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*(["`])((?:\\.|(?!\1)[^\\])*)\1/g;

/** The titles of tests. */
export const titlesIn = (path: string, source: string): readonly Passage[] =>
  [...source.matchAll(TITLE)].map((match) => ({
    place: `${path}:${lineAt(source, match.index)}`,
    text: (match[2] ?? "").replaceAll(/\$\{[^}]*\}|\$\w+|%\w/g, "value"),
  }));

/** The paragraphs, list items and table rows of Markdown, without code blocks. */
export function passagesIn(path: string, source: string): readonly Passage[] {
  const passages: Passage[] = [];
  let fenced = false;
  let paragraph: { place: string; text: string } | undefined;
  for (const [index, line] of source.split("\n").entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const starts = /^\s*(?:[-*|#>]|\d+\.)/.test(line) || line.trim() === "" || fenced;
    if (starts) paragraph = undefined;
    if (fenced || line.trim() === "" || /^\s*(?:```|~~~|<!--)/.test(line)) continue;
    if (paragraph) paragraph.text += ` ${line.trim()}`;
    else {
      paragraph = { place: `${path}:${index + 1}`, text: line.trim() };
      passages.push(paragraph);
    }
    if (line.trimStart().startsWith("|")) paragraph = undefined;
  }
  return passages;
}

const lineAt = (source: string, index: number): number => source.slice(0, index).split("\n").length;
