import type { LogLine } from "./fields.ts";

export type Filter = (line: LogLine) => boolean;

const TOKEN = /\s*("[^"]*"|[()[\],]|!=|>=|<=|=|>|<|[@\w.]+)/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const token = pattern.exec(text)?.[1];
    if (token === undefined) throw new Error(`this filter has no meaning here: ${text.slice(at)}`);
    tokens.push(token);
  }
  return tokens;
}

/** Compiles the conditions that our queries use: `=`, `!=`, `>=`, `in`, `like`, `ispresent`, `and`, `or`, parentheses. */
export function filterOf(text: string): Filter {
  const tokens = tokensOf(text);
  const next = (): string => tokens.shift() ?? fail("it ends too early");
  const fail = (why: string): never => {
    throw new Error(`${why}: ${text}`);
  };
  const expect = (token: string): void => void (next() === token || fail(`${token} is missing`));

  function either(): Filter {
    const parts = [both()];
    while (tokens[0] === "or") {
      next();
      parts.push(both());
    }
    return (line) => parts.some((part) => part(line));
  }

  function both(): Filter {
    const parts = [condition()];
    while (tokens[0] === "and") {
      next();
      parts.push(condition());
    }
    return (line) => parts.every((part) => part(line));
  }

  function condition(): Filter {
    const first = next();
    if (first === "(") {
      const inner = either();
      expect(")");
      return inner;
    }
    if (first === "ispresent") {
      expect("(");
      const path = next();
      expect(")");
      return (line) => line.has(path);
    }
    return comparison(first, next());
  }

  function comparison(path: string, operator: string): Filter {
    if (operator === "in") {
      const allowed = list();
      return (line) => allowed.includes(String(line.get(path)));
    }
    const value = unquoted(next());
    const compare = COMPARISONS[operator] ?? fail(`${operator} is unknown`);
    return (line) => line.has(path) && compare(line.get(path), value);
  }

  function list(): readonly string[] {
    const items: string[] = [];
    expect("[");
    do items.push(unquoted(next()));
    while (next() === ",");
    return items;
  }

  const filter = either();
  if (tokens.length > 0) fail("its end is not understood");
  return filter;
}

const unquoted = (token: string): string => token.replace(/^"|"$/g, "");

const COMPARISONS: Readonly<Record<string, (field: unknown, value: string) => boolean>> = {
  "=": (field, value) => String(field) === value,
  "!=": (field, value) => String(field) !== value,
  ">=": (field, value) => Number(field) >= Number(value),
  like: (field, value) => String(field).includes(value),
};
