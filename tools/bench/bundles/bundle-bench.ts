import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { FUNCTION_NAMES, type FunctionName } from "@realtime-gateway/functions/manifest";
import { BUNDLE_BUDGETS } from "../../bundle-budgets.ts";
import type { Bench } from "../bench.ts";
import { type Contender, interleave, type Trial } from "../measure/interleave.ts";
import { pusherSettings, UNUSED_PORT } from "../pusher-settings.ts";
import { comparison } from "../report/comparison.ts";
import type { Target } from "../report/table.ts";
import { ratioBetween, sampleOfTrial, target } from "../report/target.ts";

const ROUNDS = { quick: 5, full: 31 } as const;
const IMPORT_TIMEOUT_MS = 10_000;
const IMPORT_CLOCK = fileURLToPath(new URL("./import-clock.ts", import.meta.url));

interface Weight {
  readonly bytes: number;
  readonly gzipBytes: number;
  readonly importMs: number;
}

const PLAIN_STACK = "`hono` + `zod` + `pusher`, default bundling";
const SIGNER = "`node:crypto` (the floor of signing)";
const SENDER = "`node:crypto` and `node:https` (the floor of signing and sending)";
const FLOORS: Readonly<Record<FunctionName, string>> = {
  relay: SENDER,
  auth: SIGNER,
  "test-event": SENDER,
  webhook: SIGNER,
};

const IMPORT_LIMIT = 0.25;

/** The size of each bundle, and the time that a cold start takes to import it. */
export const bundleBench: Bench = async ({ effort, peerPath, progress }) => {
  const bundles = [
    { name: PLAIN_STACK, path: peerPath("hono-auth") },
    ...FUNCTION_NAMES.map((name) => ({ name, path: bundlePath(name) })),
    { name: SENDER, path: peerPath("bare-sender") },
    { name: SIGNER, path: peerPath("bare-signer") },
    { name: "an empty ES module", path: peerPath("empty") },
  ];
  const rounds = ROUNDS[effort];
  const trials = await interleave(await Promise.all(bundles.map(contender)), rounds, (round) =>
    progress(`bundles: round ${round} of ${rounds}`),
  );
  return [
    comparison(
      {
        title: "Bundles",
        note: "Import time in a fresh process a round, from reading the file to the end of the module's own code.",
        targets: targetsOf(trials),
      },
      trials,
      [
        { name: "bytes", of: ({ bytes }) => bytes },
        { name: "gzip bytes", of: ({ gzipBytes }) => gzipBytes },
        { name: "import ms", of: ({ importMs }) => importMs },
      ],
    ),
  ];
};

const targetsOf = (trials: readonly Trial<Weight>[]): readonly Target[] =>
  FUNCTION_NAMES.flatMap((name) => {
    const kilobytes = sampleOfTrial(trials, name, ({ bytes }) => bytes / 1000);
    const imported = (of: string) => ratioBetween(trials, of, PLAIN_STACK, ({ importMs }) => importMs);
    return [
      target({ what: `${name}: bundle`, measured: kilobytes, atMost: BUNDLE_BUDGETS[name] / 1_000, unit: "KB" }),
      target({
        what: `${name}: import time, to the plain stack's`,
        measured: imported(name),
        floor: imported(FLOORS[name]),
        atMost: name === "relay" ? 0.4 : IMPORT_LIMIT,
      }),
    ];
  });

async function contender({ name, path }: { name: string; path: string }): Promise<Contender<Weight>> {
  const source = await readFile(path);
  const { length: gzipBytes } = await promisify(gzip)(source);
  return { name, measure: async () => ({ bytes: source.length, gzipBytes, importMs: await importMs(path) }) };
}

async function importMs(path: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [IMPORT_CLOCK, path], {
    env: pusherSettings(UNUSED_PORT),
    timeout: IMPORT_TIMEOUT_MS,
  });
  return Number(stdout);
}
