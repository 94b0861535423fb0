import { ratioOf, type Trial } from "../measure/interleave.ts";
import { sampleOf } from "../measure/statistics.ts";
import { figureText, ratioText } from "./figures.ts";
import type { Table } from "./table.ts";

/** A figure that contenders are compared by. */
export interface Metric<Measure> {
  /** The column's heading, with the unit. */
  readonly name: string;
  readonly of: (measure: Measure) => number;
}

/** One row per contender; beside each figure its ratio to the first contender's. */
export function comparison<Measure>(
  about: Pick<Table, "title" | "note" | "targets">,
  trials: readonly Trial<Measure>[],
  metrics: readonly Metric<Measure>[],
): Table {
  const [reference] = trials;
  return {
    ...about,
    columns: ["", ...metrics.flatMap(({ name }) => [name, "ratio"])],
    rows: trials.map((trial) => [
      trial.name,
      ...metrics.flatMap(({ of }) => [
        figureText(sampleOf(trial.measures.map(of))),
        reference === undefined || reference === trial ? "1 ×" : ratioText(ratioOf(trial, reference, of)),
      ]),
    ]),
  };
}
