import { type Sample, sampleOf } from "./statistics.ts";

/** One of the ways that are compared. */
export interface Contender<Measure> {
  readonly name: string;
  readonly measure: () => Promise<Measure>;
}

/** The measures of one contender, round by round. */
export interface Trial<Measure> {
  readonly name: string;
  readonly measures: readonly Measure[];
}

/**
 * Measures every contender once a round, so other load on the machine affects all of them alike.
 * Each round begins with a different contender, so no contender always follows the same one.
 */
export async function interleave<Measure>(
  contenders: readonly Contender<Measure>[],
  rounds: number,
  onRound: (round: number) => void,
): Promise<readonly Trial<Measure>[]> {
  const trials = contenders.map((contender) => ({ ...contender, measures: [] as Measure[] }));
  for (let round = 0; round < rounds; round += 1) {
    onRound(round + 1);
    const first = round % trials.length;
    for (const trial of [...trials.slice(first), ...trials.slice(0, first)]) trial.measures.push(await trial.measure());
  }
  return trials;
}

/** How often the reference's figure goes into the trial's: the median of the rounds' own ratios. */
export function ratioOf<Measure>(
  trial: Trial<Measure>,
  reference: Trial<Measure>,
  figure: (measure: Measure) => number,
): Sample {
  const ratios = trial.measures.flatMap((measure, round) => {
    const other = reference.measures[round];
    return other === undefined ? [] : [figure(measure) / figure(other)];
  });
  return sampleOf(ratios);
}
