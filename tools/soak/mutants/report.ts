import { plainTable } from "../../bench/report/table.ts";
import type { MutantTrial, MutantTrialOptions, ViolationCounts } from "./trial.ts";

/** The result as a table: a row for each relay, a column for each seed. */
export function mutantsTable(trials: readonly MutantTrial[], { messages, seeds }: MutantTrialOptions): string {
  const failed = trials.filter(({ passed }) => !passed);
  return plainTable({
    title: `Mutants of the relay: ${messages} messages, seeds ${seeds.join(", ")}`,
    note: failed.length === 0 ? "All mutants were caught." : `FAILED: ${failed.map(({ name }) => name).join("; ")}.`,
    columns: ["relay", ...seeds.map((seed) => `seed ${seed}`), ""],
    rows: trials.map(({ name, counts, passed }) => [name, ...counts.map(cell), passed ? "" : "FAILED"]),
  });
}

const cell = (counts: ViolationCounts): string =>
  [...counts].map(([law, count]) => `${law} ${count}`).join(", ") || "no violation";
