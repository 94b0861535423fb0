import { fileURLToPath, pathToFileURL } from "node:url";
import { buildPackage } from "../../pack/pack.ts";
import { RECIPES } from "../../pack/recipes.ts";
import type { Bench } from "../bench.ts";
import { startProcess } from "../measure/bench-process.ts";
import { interleave } from "../measure/interleave.ts";
import { comparison } from "../report/comparison.ts";
import { sampleOfTrial, target } from "../report/target.ts";

const ROUNDS = { quick: 3, full: 9 } as const;
const MAX_START_MS = 1_500;
const MAX_RESET_MS = 50;

const OURS = "`startGateway` of the packed `@realtime-gateway/local`";
const FLOOR = "`fauxqs` and a `ws` server";

const BUILT = fileURLToPath(new URL("../../../dist/packages/local/", import.meta.url));
const PACKAGE = pathToFileURL(`${BUILT}dist/index.js`).href;
/** A dependency of the packed package, and not of this project itself. */
const FAUXQS = import.meta.resolve("fauxqs");
const START = new URL("./start-process.ts", import.meta.url);

interface Started {
  readonly startMs: number;
  readonly resetsMs: readonly number[];
}

/** The time until a test can begin, and the time between two tests. */
export const localBench: Bench = async ({ effort, progress }) => {
  for (const recipe of RECIPES.filter(({ folder }) => folder === "local")) await buildPackage(recipe, BUILT);
  const rounds = ROUNDS[effort];
  const contenders = [contender(FLOOR, "floor"), contender(OURS, "ours")];
  const trials = await interleave(contenders, rounds, (round) => progress(`local: round ${round} of ${rounds}`));
  const started = sampleOfTrial(trials, OURS, ({ startMs }) => startMs);
  const floor = sampleOfTrial(trials, FLOOR, ({ startMs }) => startMs);
  const reset = sampleOfTrial(trials, OURS, resetP90);
  return [
    comparison(
      {
        title: "Local gateway",
        note: "From the start of a Node process until everything listens and the functions are initialized. Then 100 tests that send one event, wait for it and reset.",
        targets: [
          target({ what: "local: start", measured: started, floor, atMost: MAX_START_MS, unit: "ms" }),
          target({ what: "local: `reset()`, 90th percentile", measured: reset, atMost: MAX_RESET_MS, unit: "ms" }),
        ],
      },
      trials,
      [{ name: "start ms", of: ({ startMs }) => startMs }],
    ),
  ];
};

const resetP90 = ({ resetsMs }: Started): number =>
  [...resetsMs].sort((a, b) => a - b)[Math.floor(resetsMs.length * 0.9)] ?? Number.NaN;

function contender(name: string, kind: "ours" | "floor") {
  return {
    name,
    async measure(): Promise<Started> {
      const running = startProcess(START, [kind, PACKAGE, FAUXQS]);
      try {
        return startedIn(await running.ask("start"));
      } finally {
        await running.stop();
      }
    },
  };
}

function startedIn(answer: unknown): Started {
  const { startMs, resetsMs } = Object(answer);
  if (typeof startMs !== "number" || !Array.isArray(resetsMs)) throw new Error("The start gave no figures");
  return { startMs, resetsMs };
}
