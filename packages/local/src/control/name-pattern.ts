/**
 * True if the whole text matches the pattern, in which `*` matches any characters. It takes the earliest place of each part: a
 * regular expression with many `*` would try so many places that the stack stops for minutes.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from + last.length <= text.length && text.endsWith(last);
}
