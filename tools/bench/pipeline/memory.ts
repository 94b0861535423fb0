import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { build } from "esbuild";
import type { BenchContext } from "../bench.ts";
import { type Contender, interleave } from "../measure/interleave.ts";
import { LOAD_PROCESS, loadFunction, writeEvents } from "../measure/loaded-function.ts";
import { pusherSettings } from "../pusher-settings.ts";
import { startPusherEnd } from "../relay/pusher-end.ts";
import { batchesOf, twoChannelRecords } from "../relay/traffic.ts";
import { comparison } from "../report/comparison.ts";
import type { Table } from "../report/table.ts";
import { sampleOfTrial, target } from "../report/target.ts";

/** The most messages that Lambda passes to one invocation. */
const RECORDS = 10_000;
const ROUNDS = { quick: 1, full: 7 } as const;
const LIMIT_MB = 128;
/** A small function: half of its memory for the old generation, and the smallest nursery, so V8 collects early. */
const SMALL_HEAP = { NODE_OPTIONS: "--max-old-space-size=64 --max-semi-space-size=1" };
const OURS = `our relay, heap as in a function of ${LIMIT_MB} MB`;

/** The memory of a new process, Node included, that runs one invocation with the largest batch. */
export async function memoryTable({ effort, scratchPath, peerPath, progress }: BenchContext): Promise<Table> {
  const pusher = startPusherEnd("http");
  try {
    const { port } = await pusher.answerAfter(0);
    const eventsPath = await writeEvents(scratchPath, "sqs-memory", batchesOf(twoChannelRecords(RECORDS), RECORDS));
    const script = await withoutTypes(scratchPath);
    const contender = (
      name: string,
      modulePath: string,
      heap: Readonly<Record<string, string>>,
    ): Contender<number> => ({
      name,
      async measure() {
        const env = { ...pusherSettings(port), ...heap };
        const relay = loadFunction({ modulePath, eventsPath, env, script, accepts: () => true });
        const { peakMb } = await relay.run().finally(relay.stop);
        return peakMb;
      },
    });
    const trials = await interleave(
      [
        contender("parsed and written again (the floor), the same heap", peerPath("json-round-trip"), SMALL_HEAP),
        contender(OURS, bundlePath("relay"), SMALL_HEAP),
        contender("our relay, where V8 has no reason to hurry", bundlePath("relay"), {}),
      ],
      ROUNDS[effort],
      (round) => progress(`memory: round ${round} of ${ROUNDS[effort]}`),
    );
    return comparison(
      {
        title: `Memory, one invocation of ${RECORDS.toLocaleString("en")} two-channel events`,
        note: "The largest resident set of a new process: Node, the function, the event, and what it takes to publish it, without TLS.",
        targets: [
          target({
            what: `memory of ${RECORDS.toLocaleString("en")} messages`,
            measured: sampleOfTrial(trials, OURS, asItIs),
            atMost: LIMIT_MB,
            unit: "MB",
          }),
        ],
      },
      trials,
      [{ name: "peak MB", of: asItIs }],
    );
  } finally {
    await pusher.stop();
  }
}

const asItIs = (mb: number): number => mb;

/** Node takes twenty megabytes to strip types, which no function pays for. */
async function withoutTypes(directory: string): Promise<URL> {
  const outfile = join(directory, "load-process.mjs");
  await build({ entryPoints: [fileURLToPath(LOAD_PROCESS)], outfile, bundle: true, platform: "node", format: "esm" });
  return pathToFileURL(outfile);
}
