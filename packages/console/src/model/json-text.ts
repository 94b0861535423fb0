// JSON as text. Parsing and writing it again would change large numbers, and the page must show the exact payload.

/** One member of an object: its name, and the JSON text of its value. */
export interface JsonMember {
  readonly name: string;
  readonly value: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The tokens of valid JSON, in order. */
const tokensOf = (text: string): readonly string[] => text.match(TOKEN) ?? [];

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The top-level members of a JSON object. `undefined` if the text is no JSON object. */
export function membersOf(text: string): readonly JsonMember[] | undefined {
  if (!isJson(text)) return undefined;
  const tokens = tokensOf(text);
  if (tokens[0] !== "{") return undefined;
  const members: JsonMember[] = [];
  let depth = 0;
  let name: string | undefined;
  let value = "";
  for (const token of tokens.slice(1)) {
    const isEnd = depth === 0 && (token === "," || token === "}");
    if (isEnd) {
      if (name !== undefined) members.push({ name, value });
      name = undefined;
      value = "";
    } else if (name === undefined) name = String(JSON.parse(token));
    else if (depth > 0 || token !== ":") value += token;
    if (token === "{" || token === "[") depth += 1;
    else if (!isEnd && (token === "}" || token === "]")) depth -= 1;
  }
  return members;
}

/** The JSON text of an object with these members. */
export const objectText = (members: readonly JsonMember[]): string =>
  `{${members.map(({ name, value }) => `${JSON.stringify(name)}:${value}`).join(",")}}`;

/** The object with one member changed, added at the end, or removed (`undefined`). */
export function withMember(text: string, name: string, value: string | undefined): string {
  const members = membersOf(text) ?? [];
  const isKnown = members.some((member) => member.name === name);
  const changed = members.flatMap((member) => {
    if (member.name !== name) return [member];
    return value === undefined ? [] : [{ name, value }];
  });
  return objectText(isKnown || value === undefined ? changed : [...changed, { name, value }]);
}

/** Indents JSON by two spaces and changes nothing else. Text that is no JSON remains as it is. */
export function prettyJson(text: string): string {
  if (!isJson(text)) return text;
  let pretty = "";
  let depth = 0;
  let before = "";
  const line = (): string => `\n${"  ".repeat(depth)}`;
  for (const token of tokensOf(text)) {
    const opened = before === "{" || before === "[";
    if (token === "}" || token === "]") {
      depth -= 1;
      pretty += opened ? token : line() + token;
    } else {
      if (opened || before === ",") pretty += line();
      pretty += token === ":" ? ": " : token;
      if (token === "{" || token === "[") depth += 1;
    }
    before = token;
  }
  return pretty;
}
