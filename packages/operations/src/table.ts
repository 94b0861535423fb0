import { printable } from "@realtime-gateway/command-line";
import type { DeadLetterRow } from "./row.ts";

/** An event name may have 200 characters, more than a line of a terminal. */
const MAX_CELL_CHARACTERS = 48;

const HEAD = ["id", "age", "code", "event", "receives", "bytes"];
const RIGHT = new Set(["age", "receives", "bytes"]);

/** The rows as a table, in their order. */
export function renderTable(rows: readonly DeadLetterRow[], nowMs: number): string {
  const cells = rows.map(({ id, failedAtMs, code, event, receiveCount, bodyBytes }) =>
    [id, age(nowMs - failedAtMs), code, event, String(receiveCount ?? "-"), String(bodyBytes)].map(cell),
  );
  const lines = [HEAD, ...cells];
  const widths = HEAD.map((_, column) => lines.reduce((width, line) => Math.max(width, line[column]?.length ?? 0), 0));
  return lines
    .map(
      (line) =>
        `${line
          .map((text, column) => pad(text, column, widths))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function pad(text: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return RIGHT.has(HEAD[column] ?? "") ? text.padStart(width) : text.padEnd(width);
}

function cell(text: string): string {
  const safe = printable(text);
  return safe.length > MAX_CELL_CHARACTERS ? `${safe.slice(0, MAX_CELL_CHARACTERS - 1)}…` : safe;
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
] as const;

/** In the largest unit that fits: `45s`, `12m`, `3h`, `2d`. */
export function age(ms: number): string {
  const [unit, unitMs] = UNITS.find(([, unitMs]) => ms >= unitMs) ?? ["s", 1_000];
  return `${Math.max(0, Math.floor(ms / unitMs))}${unit}`;
}

export const byFrequency = (byCode: ReadonlyMap<string, number>): readonly (readonly [code: string, count: number])[] =>
  [...byCode].toSorted(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b));

/** `unknown_event 10, - 2` */
export const renderCodes = (byCode: ReadonlyMap<string, number>): string =>
  byFrequency(byCode)
    .map(([code, count]) => `${cell(code)} ${count}`)
    .join(", ");

export const countOf = (count: number): string => `${count} dead letter${count === 1 ? "" : "s"}`;
