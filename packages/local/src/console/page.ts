import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** A terminal narrower than this wraps lines itself. */
export const MIN_WIDTH = 80;
/** From here on, rows have the columns for bytes and milliseconds, and whole channel names. */
const WIDE = 110;

const TIME_WIDTH = 8;
/** The longest name of the catalog, such as `fiches.progressive_fetch.progress`. */
const EVENT_WIDTH = 33;
const FATE_WIDTH = 9;
const BYTES_WIDTH = 5;
const MS_WIDTH = 6;
const GAP = "  ";

/** One line of the table. */
export interface Row {
  readonly event: string;
  readonly fate: string;
  readonly bytes?: number | undefined;
  readonly ms?: number | undefined;
  /** The last column. A text that does not fit follows on the next lines. */
  readonly rest: string;
  readonly colour: keyof Paint;
  readonly restColour: keyof Paint;
}

export interface PageOptions {
  readonly write: (text: string) => void;
  readonly width: number;
  readonly paint: Paint;
  readonly now: () => Date;
}

/** Writes lines that never pass the width. */
export interface Page {
  readonly wide: boolean;
  /** The room for the last column of a row. */
  readonly restWidth: number;
  line(text?: string, style?: keyof Paint): void;
  /** A lead and a text on as many lines as it needs, each later one indented. */
  paragraph(
    lead: string,
    text: string,
    options?: { readonly indent?: number; readonly style?: keyof Paint | undefined },
  ): void;
  /** A bullet, painted, and a text. */
  bullet(mark: string, colour: keyof Paint, text: string): void;
  header(rest: string): void;
  row(row: Row): void;
}

export function createPage({ write, width: columns, paint, now }: PageOptions): Page {
  const width = Math.max(columns, MIN_WIDTH);
  const wide = width >= WIDE;
  const figuresWidth = wide ? BYTES_WIDTH + MS_WIDTH + 2 * GAP.length : 0;
  const restWidth = width - TIME_WIDTH - EVENT_WIDTH - FATE_WIDTH - 3 * GAP.length - figuresWidth;
  const put = (text: string): void => write(`${text.trimEnd()}\n`);
  const cells = (time: string, event: string): string => `${time.padEnd(TIME_WIDTH)}${GAP}${event.padEnd(EVENT_WIDTH)}`;
  const numbers = (bytes: string, ms: string): string =>
    wide ? `${GAP}${bytes.padStart(BYTES_WIDTH)}${GAP}${ms.padStart(MS_WIDTH)}` : "";
  const continuation = " ".repeat(TIME_WIDTH + GAP.length);

  const page: Page = {
    wide,
    restWidth,
    line: (text = "", style) => put(style === undefined ? text : paint[style](text)),
    paragraph(lead, text, { indent = lead.length, style } = {}) {
      for (const [index, part] of wrap(text, width - Math.max(indent, lead.length)).entries())
        page.line((index === 0 ? lead : " ".repeat(indent)) + part, style);
    },
    bullet(mark, colour, text) {
      const [first = "", ...others] = wrap(text, width - mark.length - 1);
      put(`${paint[colour](mark)} ${first}`);
      for (const other of others) put(`${" ".repeat(mark.length + 1)}${other}`);
    },
    header(rest) {
      page.line();
      const text = `${cells("TIME", "EVENT")}${GAP}${"FATE".padEnd(FATE_WIDTH)}${numbers("BYTES", "MS")}${GAP}${rest}`;
      page.line(text.trimEnd(), "bold");
    },
    row({ event, fate, bytes, ms, rest, colour, restColour }) {
      const time = timeOfDay(now());
      const isLong = event.length > EVENT_WIDTH;
      // A longer name gets lines of its own.
      for (const [index, part] of (isLong ? wrap(event, width - continuation.length) : []).entries())
        put(`${index === 0 ? time + GAP : continuation}${part}`);
      const figures = numbers(`${bytes ?? ""}`, ms === undefined ? "" : String(Math.round(ms)));
      const fits = rest.length <= restWidth;
      const fateCell = paint[colour](fate) + " ".repeat(Math.max(0, FATE_WIDTH - fate.length));
      const start = isLong ? cells("", "") : cells(time, event);
      put(`${start}${GAP}${fateCell}${figures}${GAP}${fits ? paint[restColour](rest) : ""}`);
      for (const line of fits ? [] : wrap(rest, width - continuation.length))
        put(`${continuation}${paint[restColour](line)}`);
    },
  };
  return page;
}

export const timeOfDay = (date: Date): string => date.toTimeString().slice(0, TIME_WIDTH);
