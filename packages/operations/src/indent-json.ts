const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
/** In deeper JSON, the indentation would be far longer than the text. */
const MAX_DEPTH = 64;

/** Indents JSON, and keeps every value as it is written. Returns other text, and JSON that is too deep, unchanged. */
export function indentJson(text: string): string {
  if (!isJson(text)) return text;
  let indented = "";
  let depth = 0;
  let previous = "";
  const newLine = () => `\n${"  ".repeat(depth)}`;
  for (const [token] of text.matchAll(TOKENS)) {
    const opened = previous === "{" || previous === "[";
    if (token === "}" || token === "]") {
      depth -= 1;
      indented += opened ? token : newLine() + token;
    } else {
      indented += (opened || previous === "," ? newLine() : "") + (token === ":" ? ": " : token);
      if (token === "{" || token === "[") depth += 1;
    }
    if (depth > MAX_DEPTH) return text;
    previous = token;
  }
  return indented;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
