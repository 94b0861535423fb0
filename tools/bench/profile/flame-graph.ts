import type { Frame } from "./cpu-profile.ts";

const WIDTH = 1200;
const ROW = 18;
/** Narrower frames are too small to see. */
const MIN_WIDTH = 1;
const CHARACTER_WIDTH = 6.5;

/** Draws a call tree: callees stand on their caller, and the width of a frame is its time. Hovering shows the whole name. */
export function flameGraph(root: Frame, title: string): string {
  const rows: string[] = [];
  const depth = draw(root, 0, 0, WIDTH / root.totalMs, rows);
  const height = (depth + 2) * ROW;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">`,
    `<text x="4" y="13">${escapeXml(title)}: ${root.totalMs.toFixed(1)} ms</text>`,
    `<g transform="translate(0 ${2 * ROW})">`,
    ...rows,
    "</g></svg>",
  ].join("\n");
}

/** Draws a frame and all it calls; returns how deep they go. */
function draw(frame: Frame, level: number, x: number, pixelsPerMs: number, rows: string[]): number {
  const width = frame.totalMs * pixelsPerMs;
  if (width < MIN_WIDTH) return level;
  const label = frame.name.slice(0, Math.floor(width / CHARACTER_WIDTH));
  const [left, right] = [x.toFixed(1), width.toFixed(1)];
  rows.push(
    `<g><title>${escapeXml(frame.name)}: ${frame.totalMs.toFixed(2)} ms, ${frame.selfMs.toFixed(2)} its own</title>`,
    `<rect x="${left}" y="${level * ROW}" width="${right}" height="${ROW - 1}" fill="hsl(${hueOf(frame.name)} 70% 75%)"/>`,
    `<text x="${(x + 2).toFixed(1)}" y="${level * ROW + 13}">${escapeXml(label)}</text></g>`,
  );
  let depth = level + 1;
  let at = x;
  for (const child of frame.children) {
    depth = Math.max(depth, draw(child, level + 1, at, pixelsPerMs, rows));
    at += child.totalMs * pixelsPerMs;
  }
  return depth;
}

/** The same function has the same colour everywhere. */
const hueOf = (name: string): number =>
  [...name].reduce((hash, each) => (hash * 31 + (each.codePointAt(0) ?? 0)) % 360, 7);

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
