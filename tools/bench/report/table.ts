/** What a bench has to show, and whether it did. */
export interface Target {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  /** What is measured of whoever does nothing but the unavoidable: nobody gets beyond. */
  readonly floor?: string;
  readonly met: boolean;
}

/** Figures as they are printed and written. */
export interface Table {
  readonly title: string;
  /** What was done, and how to read it. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the figures have to show: they come first in the report. */
  readonly targets?: readonly Target[];
}

/** For a terminal. */
export function plainTable({ title, note, columns, rows }: Table): string {
  const [head = "", ...body] = aligned([columns, ...rows]).map((cells) => cells.join("  ").trimEnd());
  return [title, note, "", head, "-".repeat(head.length), ...body, ""].join("\n");
}

/** The same in Markdown. */
export function markdownTable({ title, note, columns, rows }: Table): string {
  const rule = columns.map((_, column) => (column === 0 ? "---" : "---:"));
  const lines = [columns, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [`## ${title}`, "", note, "", ...lines, ""].join("\n");
}

/** Names to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, cells) => cells.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows.map((cells) =>
    cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    }),
  );
}
