import { ratioOf, type Trial } from "../measure/interleave.ts";
import { type Sample, sampleOf } from "../measure/statistics.ts";
import { figureText, ratioText } from "./figures.ts";
import type { Table, Target } from "./table.ts";

/** A figure, or a ratio, and the limit it has to keep. */
export interface Aim {
  readonly what: string;
  readonly measured: Sample;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The unit of a figure. A ratio has none. */
  readonly unit?: string;
  /** The measure of a program that does only the unavoidable work. */
  readonly floor?: Sample;
}

export function target(aim: Aim): Target {
  const { what, measured, unit, floor } = aim;
  const text = (sample: Sample): string => (unit === undefined ? ratioText(sample) : `${figureText(sample)} ${unit}`);
  return {
    what,
    limit: `${limitsOf(aim)} ${unit ?? "×"}`,
    measured: text(measured),
    ...(floor && { floor: text(floor) }),
    met: keeps(measured, aim),
  };
}

const keeps = ({ median }: Sample, { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Aim) =>
  median >= atLeast && median <= atMost;

const limitsOf = ({ atLeast, atMost }: Aim): string =>
  [...(atLeast === undefined ? [] : [`≥ ${atLeast}`]), ...(atMost === undefined ? [] : [`≤ ${atMost}`])].join(", ");

/** How a contender's figures compare to another's, both by name. */
export function ratioBetween<Measure>(
  trials: readonly Trial<Measure>[],
  of: string,
  to: string,
  figure: (measure: Measure) => number,
): Sample {
  return ratioOf(named(trials, of), named(trials, to), figure);
}

export const sampleOfTrial = <Measure>(
  trials: readonly Trial<Measure>[],
  of: string,
  figure: (measure: Measure) => number,
): Sample => sampleOf(named(trials, of).measures.map(figure));

/** By how much a contender's figure exceeds another's: the median of the rounds' own differences. */
export function differenceBetween<Measure>(
  trials: readonly Trial<Measure>[],
  of: string,
  to: string,
  figure: (measure: Measure) => number,
): Sample {
  const others = named(trials, to).measures.map(figure);
  return sampleOf(named(trials, of).measures.map((measure, round) => figure(measure) - (others[round] ?? Number.NaN)));
}

function named<Measure>(trials: readonly Trial<Measure>[], name: string): Trial<Measure> {
  const trial = trials.find((candidate) => candidate.name === name);
  if (trial === undefined) throw new RangeError(`nobody measured ${name}`);
  return trial;
}

/** All targets of a run, in one table. */
export const targetsTable = (tables: readonly Table[]): Table => ({
  title: "Targets",
  note: "Computed from the tables below, in the same run. The floor does only the unavoidable work.",
  columns: ["", "target", "measured", "the floor", "met"],
  rows: tables.flatMap(({ targets = [] }) =>
    targets.map(({ what, limit, measured, floor = "", met }) => [what, limit, measured, floor, met ? "yes" : "**no**"]),
  ),
});
