import { ratioOf, type Trial } from "../measure/interleave.ts";
import { type Sample, sampleOf } from "../measure/statistics.ts";
import type { Table } from "./table.ts";

/** A figure that contenders are compared by. */
export interface Metric<Measure> {
  /** The column's heading, with the unit. */
  readonly name: string;
  readonly of: (measure: Measure) => number;
}

/** One row per contender; beside each figure its ratio to the first contender's. */
export function comparison<Measure>(
  { title, note }: Pick<Table, "title" | "note">,
  trials: readonly Trial<Measure>[],
  metrics: readonly Metric<Measure>[],
): Table {
  const [reference] = trials;
  return {
    title,
    note,
    columns: ["", ...metrics.flatMap(({ name }) => [name, "ratio"])],
    rows: trials.map((trial) => [
      trial.name,
      ...metrics.flatMap(({ of }) => [
        figure(sampleOf(trial.measures.map(of))),
        reference === undefined || reference === trial ? "1 ×" : ratio(ratioOf(trial, reference, of)),
      ]),
    ]),
  };
}

const THREE_DIGITS = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const TWO_DIGITS = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });
const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Three digits are as many as a busy machine can tell; whole numbers of bytes lose none. */
const figure = ({ median, spread }: Sample): string =>
  spread === 0 && median >= 1000 ? WHOLE.format(median) : THREE_DIGITS.format(median) + spreadText(spread);

const ratio = ({ median, spread }: Sample): string => `${THREE_DIGITS.format(median)} ×${spreadText(spread)}`;

const spreadText = (spread: number): string => (spread === 0 ? "" : ` ±${TWO_DIGITS.format(100 * spread)} %`);
