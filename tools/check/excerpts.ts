import jsTokens from "js-tokens";

/** A piece of English, and its place. */
export interface Excerpt {
  /** `path:line` */
  readonly place: string;
  readonly text: string;
}

/** Lines that only tools read. */
const DIRECTIVE = /^(?:@ts-|\/ *<reference|prettier-|eslint-|@vitest-|v8 ignore)/;
/** `biome-ignore rule: reason`. The reason is English for people. */
const SUPPRESSION = /^biome-ignore[\w-]* [^:]*:\s*/;

/** The comments of TypeScript text. Line comments on consecutive lines are one. */
export function commentsIn(path: string, source: string): readonly Excerpt[] {
  const comments: { place: string; text: string; endLine: number; isLine: boolean }[] = [];
  let line = 1;
  let onlySpace = true;
  for (const token of jsTokens(source)) {
    const isLine = token.type === "SingleLineComment";
    if (isLine || token.type === "MultiLineComment") {
      const text = textOf(token.value);
      const last = comments.at(-1);
      const continues = isLine && onlySpace && last?.isLine === true && last.endLine === line - 1;
      if (continues && !DIRECTIVE.test(text) && !SUPPRESSION.test(text)) {
        last.text += ` ${text}`;
        last.endLine = line;
      } else if (text !== "" && !DIRECTIVE.test(text))
        comments.push({
          place: `${path}:${line}`,
          text: text.replace(SUPPRESSION, ""),
          endLine: line,
          isLine: isLine && onlySpace,
        });
    }
    line += token.value.split("\n").length - 1;
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
