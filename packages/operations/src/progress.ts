import { countOf } from "./table.ts";

const BAR_CHARACTERS = 24;
const REDRAW_MS = 100;
/** In a log, a line this often shows that the command still runs. */
const LINE_MS = 10_000;
const CLEAR_LINE = "\r\u001b[K";

export interface ProgressOptions {
  readonly write: (text: string) => void;
  readonly isTty: boolean;
  readonly now: () => number;
  /** SQS's estimate of the messages to read. */
  readonly total?: number;
}

export interface Progress {
  update(read: number, matched: number): void;
  /** Writes a line that the bar does not overwrite. */
  note(text: string): void;
  end(): void;
}

/** On a terminal, a bar that redraws itself; elsewhere, a line every ten seconds. */
export function createProgress({ write, isTty, now, total }: ProgressOptions): Progress {
  let shown = false;
  let nextMs = isTty ? 0 : now() + LINE_MS;
  const end = (): void => {
    if (shown) write(CLEAR_LINE);
    shown = false;
  };
  return {
    update(read, matched) {
      if (now() < nextMs) return;
      nextMs = now() + (isTty ? REDRAW_MS : LINE_MS);
      const counts = renderCounts(read, matched, total);
      write(isTty ? `${CLEAR_LINE}${renderBar(read, total)}${counts}` : `${counts}\n`);
      shown = isTty;
    },
    note(text) {
      end();
      write(`${text}\n`);
    },
    end,
  };
}

/** The total is an estimate and may be too small. */
export function renderCounts(read: number, matched: number, total: number | undefined): string {
  const ofTotal = total === undefined ? "" : ` of about ${Math.max(total, read)}`;
  return `${countOf(read)} read${ofTotal}, ${matched} matched`;
}

export function renderBar(read: number, total: number | undefined): string {
  if (total === undefined) return "";
  const filled = Math.round((Math.min(read, total) / Math.max(total, 1)) * BAR_CHARACTERS);
  return `[${"#".repeat(filled)}${"-".repeat(BAR_CHARACTERS - filled)}] `;
}
