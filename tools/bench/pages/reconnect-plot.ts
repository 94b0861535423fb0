import type { Reconnect } from "./reconnect.ts";
import { histogram } from "./windows.ts";

/** One way of reconnecting, and its name in the legend. */
export interface PlottedReconnect {
  readonly name: string;
  readonly reconnect: Reconnect;
}

const STEP_MS = 100;
const WIDTH = 720;
const LEFT = 56;
const RIGHT = 16;
const PANEL_HEIGHT = 150;
const PANEL_TOP = 52;
const PANEL_GAP = 64;

/** Both stand out on white and on black, and differ for the color-blind. */
const COLORS = ["#d9730d", "#3b82c4"];
const TEXT = "#768390";

const PANELS = [
  {
    title: `Authorization requests in each ${STEP_MS} ms after the restart`,
    timesOf: ({ requestsMs }: Reconnect) => requestsMs,
  },
  { title: `Reads in each ${STEP_MS} ms after the restart`, timesOf: ({ readsMs }: Reconnect) => readsMs },
];

/** An SVG with a panel for the authorization requests and one for the reads. Its background is transparent. */
export function reconnectPlot(plotted: readonly PlottedReconnect[]): string {
  const lastMs = Math.max(...plotted.flatMap(({ reconnect }) => [...reconnect.requestsMs, ...reconnect.readsMs]));
  const seconds = Math.max(1, Math.ceil(lastMs / 1000));
  const height = PANEL_TOP + PANELS.length * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP / 2;
  const panels = PANELS.map(({ title, timesOf }, index) => {
    const counts = plotted.map(({ reconnect }) => histogram(timesOf(reconnect), STEP_MS));
    return panel(title, counts, seconds, PANEL_TOP + index * (PANEL_HEIGHT + PANEL_GAP));
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${TEXT}">`,
    "<title>Pages reconnect</title>",
    ...plotted.map(({ name }, index) => legend(name, index)),
    ...panels.flat(),
    "</svg>",
    "",
  ].join("\n");
}

/** The names are Markdown. An SVG shows its quotes as they are. */
const legend = (name: string, index: number): string =>
  `<rect x="${LEFT + 240 * index}" y="8" width="12" height="12" fill="${colorOf(index)}"/>` +
  `<text x="${LEFT + 240 * index + 18}" y="18">${name.replaceAll("`", "")}</text>`;

const colorOf = (index: number): string => COLORS[index % COLORS.length] ?? TEXT;

function panel(title: string, counts: readonly (readonly number[])[], seconds: number, top: number): readonly string[] {
  const bottom = top + PANEL_HEIGHT;
  const largest = Math.max(...counts.flat());
  const stepWidth = (WIDTH - LEFT - RIGHT) / ((seconds * 1000) / STEP_MS);
  const bars = counts.flatMap((steps, index) =>
    steps.map((count, step) => {
      const height = (PANEL_HEIGHT * count) / largest;
      return count === 0
        ? ""
        : `<rect x="${rounded(LEFT + step * stepWidth)}" y="${rounded(bottom - height)}" width="${rounded(stepWidth)}" height="${rounded(height)}" fill="${colorOf(index)}" fill-opacity="0.8"/>`;
    }),
  );
  const ticks = Array.from(
    { length: seconds + 1 },
    (_, second) =>
      `<text x="${rounded(LEFT + (second * 1000 * stepWidth) / STEP_MS)}" y="${bottom + 18}" text-anchor="middle">${second} s</text>`,
  );
  return [
    `<text x="${LEFT}" y="${top - 10}" font-weight="600">${title}</text>`,
    `<text x="${LEFT - 6}" y="${top + 10}" text-anchor="end">${largest}</text>`,
    `<text x="${LEFT - 6}" y="${bottom}" text-anchor="end">0</text>`,
    ...bars.filter((bar) => bar !== ""),
    `<path d="M${LEFT} ${top}V${bottom}H${WIDTH - RIGHT}" fill="none" stroke="${TEXT}"/>`,
    ...ticks,
  ];
}

const rounded = (value: number): string => value.toFixed(1);
