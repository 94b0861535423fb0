export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

export const code = (text: string): string => (text === "" ? "" : `\`${text}\``);

const MAX_LINE_LENGTH = 100;

/** A JSON object in a fenced block, with as many members on a line as fit. */
export function jsonBlock(value: object): string {
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inOneLine(member)}`);
  const short = `{ ${members.join(", ")} }`;
  if (short.length <= MAX_LINE_LENGTH) return fenced(short);
  const lines: string[] = [];
  for (const [index, member] of members.entries()) {
    const text = index < members.length - 1 ? `${member},` : member;
    const longer = `${lines.at(-1)} ${text}`;
    if (lines.length > 0 && longer.length <= MAX_LINE_LENGTH) lines[lines.length - 1] = longer;
    else lines.push(`  ${text}`);
  }
  return fenced("{", ...lines, "}");
}

const fenced = (...lines: readonly string[]): string => ["```json", ...lines, "```"].join("\n");

/** JSON with a space after each comma and colon, as people write it. */
const inOneLine = (value: unknown): string =>
  JSON.stringify(value, undefined, 1)
    .replaceAll(/\n\s*/g, " ")
    .replaceAll(/\[ | \]/g, (bracket) => bracket.trim());
