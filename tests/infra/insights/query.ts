import type { LogLine } from "./fields.ts";
import { filterOf } from "./filter.ts";

const WORDS = new Set(["as", "by", "asc", "desc"]);

/** The commands of a query, each as its name and the rest of its text. */
const commandsIn = (query: string) =>
  query.split("\n| ").map((command) => {
    const [, name = "", text = ""] = /^(\w+) (.+)$/.exec(command) ?? [];
    return { name, text };
  });

/** The lines that pass every filter of the query. */
export function selected(query: string, lines: readonly LogLine[]): readonly LogLine[] {
  const filters = commandsIn(query).flatMap(({ name, text }) => (name === "filter" ? [filterOf(text)] : []));
  return lines.filter((line) => filters.every((filter) => filter(line)));
}

/** The fields of the log that a query reads. Names that the query itself gives (`as`) are left out. */
export function pathsIn(query: string): readonly string[] {
  const text = commandsIn(query)
    .filter(({ name }) => name !== "limit")
    .map(({ text }) => text.replace(/"[^"]*"/g, ""))
    .join(" , ");
  const own = new Set([...text.matchAll(/\bas (\w+)/g)].map(([, name]) => name));
  const names = [...text.matchAll(/(?<![\w.])(@?[A-Za-z_][\w.]*)(\(?)/g)]
    .filter(([, , call]) => call === "")
    .map(([, name = ""]) => name)
    .filter((name) => !WORDS.has(name) && !own.has(name) && !["or", "and", "in", "like"].includes(name));
  return [...new Set(names)];
}
