import { type Machine, machineLines } from "./machine.ts";
import { markdownTable, type Table } from "./table.ts";

/** Holds for every table. */
export const READING =
  "Median of interleaved rounds, ± half the interquartile range; ratios are to the first row, round by round.";

/** The text of docs/benchmarks.md. */
export const benchmarksDocument = (tables: readonly Table[], machine: Machine): string =>
  `# Benchmarks

\`npm run bench -- --write\` writes this page. \`npm run bench\` prints the same tables without writing them,
\`--quick\` prints rougher ones in about a minute, \`--help\` lists the flags.

${READING}
Peers are real code, in \`tools/bench/peers/\`. Everything runs on loopback, on one machine: compare ratios, not figures
of different machines.

${machineLines(machine)
  .map((line) => `- ${line}`)
  .join("\n")}

${tables.map(markdownTable).join("\n")}`;
