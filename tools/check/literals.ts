import jsTokens, { type Token } from "js-tokens";
import type { Excerpt } from "./excerpts.ts";
import { lineAt } from "./report.ts";

/** The titles of tests, also behind `.each(table)`, `.skipIf(condition)` and the like. */
export function titlesIn(path: string, source: string): readonly Excerpt[] {
  const tokens: { token: Token; index: number }[] = [];
  let index = 0;
  for (const token of jsTokens(source)) {
    if (!/^(?:WhiteSpace|LineTerminatorSequence|.*Comment)$/.test(token.type)) tokens.push({ token, index });
    index += token.value.length;
  }
  const all = tokens.map(({ token }) => token);
  return tokens.flatMap(({ token, index: start }, position) => {
    const isTest = /^(?:it|test|describe)$/.test(token.value) && all[position - 1]?.value !== ".";
    const title = isTest ? titleAfter(all, position + 1) : undefined;
    return title === undefined ? [] : [{ place: `${path}:${lineAt(source, start)}`, text: title }];
  });
}

/** Follows `.name` and `(arguments)` until a call begins with a text. */
function titleAfter(tokens: readonly Token[], start: number): string | undefined {
  let at = start;
  for (;;) {
    if (tokens[at]?.value === ".") at += 2;
    else if (tokens[at]?.value === "(") {
      const title = literalAt(tokens, at + 1);
      if (title !== undefined) return title;
      at = closingAfter(tokens, at) + 1;
    } else return undefined;
  }
}

function closingAfter(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]?.value === "(") depth += 1;
    if (tokens[at]?.value === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}

function literalAt(tokens: readonly Token[], at: number): string | undefined {
  const first = tokens[at];
  if (first?.type === "StringLiteral" || first?.type === "NoSubstitutionTemplate")
    return first.value
      .slice(1, -1)
      .replaceAll(/\\(.)/g, "$1")
      .replaceAll(/\$[\w.]+|%\w/g, "value");
  if (first?.type !== "TemplateHead") return undefined;
  const end = tokens.findIndex(({ type }, index) => index > at && type === "TemplateTail");
  const parts = tokens.slice(at, end + 1).filter(({ type }) => type.startsWith("Template"));
  return parts.map(({ value }) => value.replaceAll(/^[`}]|`$|\$\{$/g, "")).join("value");
}

/** A shorter text is a name, a code or a key. */
const MIN_WORDS = 4;

/** The texts of four words or more: errors, log details, help. The expressions of a template separate its texts. */
export function stringsIn(path: string, source: string): readonly Excerpt[] {
  const strings: Excerpt[] = [];
  let line = 1;
  for (const { type, value } of jsTokens(source)) {
    const text = value.replaceAll(/^["'`}]|["'`]$|\$\{$/g, "").trim();
    const isText = /^(?:StringLiteral|NoSubstitutionTemplate|Template\w+)$/.test(type);
    if (isText && text.split(/\s+/).length >= MIN_WORDS) strings.push({ place: `${path}:${line}`, text });
    line += value.split("\n").length - 1;
  }
  return strings;
}
