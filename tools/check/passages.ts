import type { Excerpt } from "./excerpts.ts";

/** The paragraphs, list items and table rows of Markdown, without code blocks and front matter. */
export function passagesIn(path: string, source: string): readonly Excerpt[] {
  const passages: Excerpt[] = [];
  let fenced = false;
  let paragraph: { place: string; text: string } | undefined;
  const blank = (text: string): string => text.replaceAll(/[^\n]/g, "");
  const lines = source
    .replace(/^---\n[\s\S]*?\n---\n/, blank)
    .replaceAll(/<!--[\s\S]*?-->/g, blank)
    .split("\n");
  for (const [index, line] of lines.entries()) {
    const isFence = /^\s*(?:```|~~~)/.test(line);
    if (isFence) fenced = !fenced;
    if (isFence || fenced || line.trim() === "") {
      paragraph = undefined;
      continue;
    }
    if (paragraph && !/^\s*(?:[-*+>|]\s|\||#{1,6}\s|\d+[.)]\s)/.test(line)) paragraph.text += ` ${line.trim()}`;
    else {
      paragraph = { place: `${path}:${index + 1}`, text: line.trim() };
      passages.push(paragraph);
    }
    if (/^\s*[|#]/.test(line)) paragraph = undefined;
  }
  return passages;
}
