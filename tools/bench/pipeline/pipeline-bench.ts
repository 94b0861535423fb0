import { fileURLToPath } from "node:url";
import type { Bench, BenchContext } from "../bench.ts";
import { interleave, type Trial } from "../measure/interleave.ts";
import { type LoadRun, loadFunction, writeEvents } from "../measure/loaded-function.ts";
import { batchesOf, catalogRecords } from "../relay/traffic.ts";
import { comparison } from "../report/comparison.ts";
import type { Table, Target } from "../report/table.ts";
import { ratioBetween, target } from "../report/target.ts";
import { memoryTable } from "./memory.ts";

const RECORDS = 10_000;
const BATCH_SIZES = [10, 100, 1000, 10_000] as const;
const [SMALLEST, LARGEST] = [BATCH_SIZES[0], BATCH_SIZES[3]];
const ROUNDS = { quick: 5, full: 31 } as const;
const WARM_UP_RUNS = 5;
const PIPELINE = fileURLToPath(new URL("./pipeline.ts", import.meta.url));
const ROUND_TRIP = "`JSON.parse` and `JSON.stringify` (the floor)";

/** The cost of decode, route, guard and plan, without network and log. */
export const pipelineBench: Bench = async (context) => [await costTable(context), await memoryTable(context)];

const ours = (batchSize: number): string => `decode, route, guard, plan: ${batchSize.toLocaleString("en")} at once`;

async function costTable({ effort, scratchPath, peerPath, progress }: BenchContext): Promise<Table> {
  const load = async (name: string, modulePath: string, batchSize: number) => {
    const eventsPath = await writeEvents(
      scratchPath,
      `catalog-${batchSize}`,
      batchesOf(catalogRecords(RECORDS), batchSize),
    );
    return { name, ...loadFunction({ modulePath, eventsPath, env: {}, accepts: Number.isInteger }) };
  };
  const functions = await Promise.all([
    load(ROUND_TRIP, peerPath("json-round-trip"), 1000),
    ...BATCH_SIZES.map((batchSize) => load(ours(batchSize), PIPELINE, batchSize)),
  ]);
  try {
    progress("pipeline: warming up");
    for (let run = 0; run < WARM_UP_RUNS; run += 1) for (const each of functions) await each.run();
    const trials = await interleave(
      functions.map(({ name, run }) => ({ name, measure: run })),
      ROUNDS[effort],
      (round) => progress(`pipeline: round ${round} of ${ROUNDS[effort]}`),
    );
    return comparison(
      {
        title: "Decode, route, guard, plan",
        note: `${RECORDS.toLocaleString("en")} messages of the whole catalog a round, each validated too; no network, no log.`,
        targets: targetsOf(trials),
      },
      trials,
      [{ name: "CPU µs/event", of: cpuPerEvent }],
    );
  } finally {
    await Promise.all(functions.map(({ stop }) => stop()));
  }
}

const cpuPerEvent = ({ cpuMs }: LoadRun): number => (1000 * cpuMs) / RECORDS;

const targetsOf = (trials: readonly Trial<LoadRun>[]): readonly Target[] => [
  ...BATCH_SIZES.map((batchSize) =>
    target({
      what: `${ours(batchSize)}, to \`JSON.parse\` and \`JSON.stringify\``,
      measured: ratioBetween(trials, ours(batchSize), ROUND_TRIP, cpuPerEvent),
      atMost: 4,
    }),
  ),
  target({
    what: `cost per event of ${LARGEST.toLocaleString("en")} messages at once, to ${SMALLEST}`,
    measured: ratioBetween(trials, ours(LARGEST), ours(SMALLEST), cpuPerEvent),
    atMost: 1.25,
  }),
];
