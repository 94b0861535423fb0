import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { buildPackage } from "../../pack/pack.ts";
import { RECIPES } from "../../pack/recipes.ts";
import type { Bench, BenchContext } from "../bench.ts";
import { startProcess } from "../measure/bench-process.ts";
import { interleave } from "../measure/interleave.ts";
import { comparison } from "../report/comparison.ts";
import type { Table } from "../report/table.ts";
import { differenceBetween, ratioBetween, target } from "../report/target.ts";
import type { WayName } from "./ways.ts";

const LATENCY_MS = 20;
const SETTINGS = {
  quick: { events: 5000, slowEvents: 40, rounds: 3, imports: 5 },
  full: { events: 10_000, slowEvents: 200, rounds: 9, imports: 21 },
} as const;

const HAND_PACKED = "`SendMessageBatch`, packed by hand";
const OURS = "`@realtime-gateway/producer`, `sendMany`";
const SQS_PRODUCER = "`sqs-producer`";
const ONE_BY_ONE = "one `SendMessage` after another";
const PACKAGE = "`@realtime-gateway/producer`";
const SDK = "`@aws-sdk/client-sqs` alone";
const LIMITS = { time: 1.15, cpu: 1.15, throughput: 5, importMs: 30 } as const;

/** The packed producer stands below the project, so that it finds the SDK. */
const BUILT = fileURLToPath(new URL("../../../dist/packages/producer/", import.meta.url));
const PRODUCER = pathToFileURL(`${BUILT}dist/index.js`).href;
const IMPORT_CLOCK = fileURLToPath(new URL("./import-cost.ts", import.meta.url));
const IMPORT_SDK = fileURLToPath(new URL("./import-sdk.ts", import.meta.url));

interface SendRun {
  readonly taken: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Events per second through the producer and other ways of sending, and the time of its import. */
export const producerBench: Bench = async (context) => {
  for (const recipe of RECIPES.filter(({ folder }) => folder === "producer")) await buildPackage(recipe, BUILT);
  return [await sendTable(context), await importTable(context)];
};

async function sendTable({ effort, progress }: BenchContext): Promise<Table> {
  const { events, slowEvents, rounds } = SETTINGS[effort];
  const queue = startProcess(new URL("./sqs-stand-in.ts", import.meta.url), []);
  const { port } = portOf(await queue.ask(LATENCY_MS));
  const ways = [
    sender(HAND_PACKED, "handPacked", events, port),
    sender(OURS, "withOurs", events, port),
    sender(SQS_PRODUCER, "withSqsProducer", slowEvents * MESSAGES_PER_REQUEST, port),
    sender(ONE_BY_ONE, "oneAfterAnother", slowEvents, port),
  ];
  try {
    // V8 compiles their code in the first runs.
    for (let run = 0; run < WARM_UP_RUNS; run += 1) for (const { measure } of ways) await measure();
    const trials = await interleave(ways, rounds, (round) => progress(`producer: round ${round} of ${rounds}`));
    const ratio = (of: string, to: string, figure: (run: SendRun) => number) => ratioBetween(trials, of, to, figure);
    return comparison(
      {
        title: "Producer",
        note: `${events} events of 1,000 audits to a queue that answers after ${LATENCY_MS} ms, at most 8 requests at a time. \`sqs-producer\` sends its requests one after another, so it and the last row send fewer events. Only ours validates.`,
        targets: [
          target({
            what: "producer: time, to packing by hand",
            measured: ratio(OURS, HAND_PACKED, msPerEvent),
            atMost: LIMITS.time,
          }),
          target({
            what: "producer: CPU, to packing by hand",
            measured: ratio(OURS, HAND_PACKED, cpuPerEvent),
            atMost: LIMITS.cpu,
          }),
          target({
            what: "producer: events/s, to one after another",
            measured: ratio(OURS, ONE_BY_ONE, perSecond),
            atLeast: LIMITS.throughput,
          }),
        ],
      },
      trials,
      [
        { name: "events/s", of: perSecond },
        { name: "CPU µs an event", of: (run) => 1000 * cpuPerEvent(run) },
        { name: "peak MB", of: ({ peakMb }) => peakMb },
      ],
    );
  } finally {
    await Promise.all([queue, ...ways].map(({ stop }) => stop()));
  }
}

const MESSAGES_PER_REQUEST = 10;
const WARM_UP_RUNS = 4;
const perSecond = ({ taken, wallMs }: SendRun): number => (1000 * taken) / wallMs;
const msPerEvent = ({ taken, wallMs }: SendRun): number => wallMs / taken;
const cpuPerEvent = ({ taken, cpuMs }: SendRun): number => cpuMs / taken;

/** A process that sends in one of the ways. Figures of a way that loses events mean nothing. */
function sender(name: string, way: WayName, events: number, port: number) {
  const args = [way, String(events), `http://127.0.0.1:${port}`, PRODUCER];
  const { ask, stop } = startProcess(new URL("./send-process.ts", import.meta.url), args);
  const measure = async (): Promise<SendRun> => {
    const run = await ask("run");
    if (!isRun(run) || run.taken !== events) throw new Error(`${name} lost events: ${JSON.stringify(run)}`);
    return run;
  };
  return { name, measure, stop };
}

function isRun(value: unknown): value is SendRun {
  if (typeof value !== "object" || value === null) return false;
  const { taken, wallMs, cpuMs, peakMb }: Partial<SendRun> = value;
  return [taken, wallMs, cpuMs, peakMb].every((figure) => typeof figure === "number");
}

function portOf(value: unknown): { readonly port: number } {
  const port: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "port") : undefined;
  if (typeof port !== "number") throw new TypeError("the stand-in has no port");
  return { port };
}

interface ImportCost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function importTable({ effort, progress }: BenchContext): Promise<Table> {
  const rounds = SETTINGS[effort].imports;
  const contenders = [
    { name: SDK, measure: () => importCost(IMPORT_SDK) },
    { name: PACKAGE, measure: () => importCost(`${BUILT}dist/index.js`) },
  ];
  const trials = await interleave(contenders, rounds, (round) =>
    progress(`producer import: round ${round} of ${rounds}`),
  );
  const beyond = differenceBetween(trials, PACKAGE, SDK, ({ cpuMs }) => cpuMs);
  return comparison(
    {
      title: "Import of the producer",
      note: "In a fresh process a round. The producer imports the SDK. The target is for CPU, because the wall time of an idle machine is the same, and that of a busy one is noise.",
      targets: [
        target({ what: "producer: import beyond the SDK's", measured: beyond, atMost: LIMITS.importMs, unit: "ms" }),
      ],
    },
    trials,
    [
      { name: "import ms", of: ({ wallMs }) => wallMs },
      { name: "CPU ms", of: ({ cpuMs }) => cpuMs },
    ],
  );
}

async function importCost(path: string): Promise<ImportCost> {
  const { stdout } = await promisify(execFile)(process.execPath, [IMPORT_CLOCK, path], { env: {} });
  return JSON.parse(stdout);
}
