import type { Trial } from "../measure/interleave.ts";
import { quantile, sampleOf } from "../measure/statistics.ts";
import { comparison } from "../report/comparison.ts";
import { figureText } from "../report/figures.ts";
import type { Table } from "../report/table.ts";
import { differenceBetween, target } from "../report/target.ts";
import { type Passage, STAGES, wholeMs } from "./stages.ts";

export const DIRECT = "`pusher.trigger` in the producer";
export const FLOOR = "the producer, through a relay that only passes it on (the floor)";
export const OURS = "the producer, through the gateway";
export const TRIGGER = "the producer, through one `trigger` per event";

type Passages = readonly Passage[];

const quantileOf = (share: number) => (passages: Passages) => quantile(passages.map(wholeMs), share);
const p50 = quantileOf(0.5);

export const timesTable = (trials: readonly Trial<Passages>[], events: number): Table =>
  comparison(
    {
      title: "End to end, on the local stack",
      note: `${events} events a round, one at a time, from the send to a \`pusher-js\` callback. Emulators included.`,
      targets: [
        target({
          what: "end to end, p50 beyond the emulators' own floor",
          measured: differenceBetween(trials, OURS, FLOOR, p50),
          atMost: 2,
          unit: "ms",
        }),
      ],
    },
    trials,
    [
      { name: "p50 ms", of: p50 },
      { name: "p99 ms", of: quantileOf(0.99) },
    ],
  );

/** Where the time goes: the medians of each part of the way, and their share of it. */
export const stagesTable = (trials: readonly Trial<Passages>[]): Table => ({
  title: "End to end, stage by stage",
  note: "Median milliseconds of each stage, and its share of them all.",
  columns: ["", ...STAGES.map(({ name }) => name)],
  rows: trials.map(({ name, measures }) => {
    const medians = STAGES.map(({ of }) => sampleOf(measures.map((passages) => quantile(passages.map(of), 0.5))));
    const sum = medians.reduce((total, { median }) => total + median, 0);
    return [name, ...medians.map((sample) => `${figureText(sample)} (${Math.round((100 * sample.median) / sum)} %)`)];
  }),
});
