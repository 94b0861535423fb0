/** A target of a bench, and its result. */
export interface Target {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  /** The result of a program that does only the unavoidable work: the lower bound. */
  readonly floor?: string;
  readonly met: boolean;
}

/** A picture of a table, for the page only. */
export interface Figure {
  /** The name of the file in docs/images. */
  readonly name: string;
  readonly alt: string;
  readonly svg: string;
}

/** Figures as they are printed and written. */
export interface Table {
  readonly title: string;
  /** How the figures were measured, and how to read them. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The targets of the table. They come first in the report. */
  readonly targets?: readonly Target[];
  readonly figure?: Figure;
}

/** For a terminal. */
export function plainTable({ title, note, columns, rows }: Table): string {
  const [head = "", ...body] = aligned([columns, ...rows]).map((cells) => cells.join("  ").trimEnd());
  return [title, note, "", head, "-".repeat(head.length), ...body, ""].join("\n");
}

/** The same in Markdown. */
export function markdownTable({ title, note, columns, rows, figure }: Table): string {
  const rule = columns.map((_, column) => (column === 0 ? "---" : "---:"));
  const lines = [columns, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  const picture = figure === undefined ? [] : [`![${figure.alt}](images/${figure.name})`, ""];
  return [`## ${title}`, "", note, "", ...lines, "", ...picture].join("\n");
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
