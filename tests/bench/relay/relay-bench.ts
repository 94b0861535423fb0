import { isDeepStrictEqual } from "node:util";
import { bundlePath } from "@realtime-gateway/functions/build";
import type { Bench, BenchContext } from "../bench.ts";
import { interleave } from "../measure/interleave.ts";
import { type LoadedFunction, loadFunction, writeEvents } from "../measure/loaded-function.ts";
import { pusherSettings } from "../pusher-settings.ts";
import { comparison } from "../report/comparison.ts";
import type { Table } from "../report/table.ts";
import { type PusherEnd, startPusherEnd } from "./pusher-end.ts";
import { mixedTraffic } from "./traffic.ts";

interface Setting {
  readonly latencyMs: number;
  readonly events: number;
  readonly rounds: number;
}

/** The fewer events, the longer each takes: the plain way waits for Pusher once per event. */
const SETTINGS: Readonly<Record<BenchContext["effort"], readonly Setting[]>> = {
  quick: [
    { latencyMs: 0, events: 500, rounds: 3 },
    { latencyMs: 20, events: 60, rounds: 3 },
  ],
  full: [
    { latencyMs: 0, events: 1000, rounds: 15 },
    { latencyMs: 20, events: 200, rounds: 9 },
  ],
};

/** Until V8 has compiled what it will compile; at no latency. */
const WARM_UP_RUNS = 5;

/** Events per second, CPU and Pusher calls per event, through the built relay. */
export const relayBench: Bench = async (context) => {
  const pusher = startPusherEnd();
  try {
    const tables: Table[] = [];
    for (const setting of SETTINGS[context.effort]) tables.push(await measureAt(setting, pusher, context));
    return tables;
  } finally {
    await pusher.stop();
  }
};

async function measureAt(setting: Setting, pusher: PusherEnd, context: BenchContext): Promise<Table> {
  const { port } = await pusher.answerAfter(0);
  const eventsPath = await writeEvents(context.scratchPath, `sqs-${setting.latencyMs}`, mixedTraffic(setting.events));
  const load = (name: string, modulePath: string) => ({
    name,
    ...loadFunction({ modulePath, eventsPath, env: pusherSettings(port), accepts: acknowledgesAll }),
  });
  const relays = [
    load("one `pusher.trigger` after another", context.peerPath("trigger-each")),
    load("our relay", bundlePath("relay")),
  ];
  try {
    return await compare(relays, setting, pusher, context);
  } finally {
    await Promise.all(relays.map(({ stop }) => stop()));
  }
}

type NamedRelay = LoadedFunction & { readonly name: string };

async function compare(relays: readonly NamedRelay[], setting: Setting, pusher: PusherEnd, { progress }: BenchContext) {
  const { latencyMs, events, rounds } = setting;
  progress(`relay, ${latencyMs} ms: warming up`);
  for (let run = 0; run < WARM_UP_RUNS; run += 1) for (const relay of relays) await relay.run();
  const trials = await interleave(
    relays.map((relay) => ({ name: relay.name, measure: () => measure(relay, pusher, setting) })),
    rounds,
    (round) => progress(`relay, ${latencyMs} ms: round ${round} of ${rounds}`),
  );
  return comparison(
    {
      title: `Relay, Pusher answers after ${latencyMs} ms`,
      note: `${events} events of the whole catalog a round, in SQS events of 10 records, one at a time. Without TLS.`,
    },
    trials,
    [
      { name: "events/s", of: ({ wallMs }) => (1000 * events) / wallMs },
      { name: "CPU µs/event", of: ({ cpuMs }) => (1000 * cpuMs) / events },
      { name: "calls/event", of: ({ calls }) => calls / events },
    ],
  );
}

async function measure(relay: LoadedFunction, pusher: PusherEnd, { latencyMs }: Setting) {
  await pusher.answerAfter(latencyMs);
  const { wallMs, cpuMs } = await relay.run();
  const { calls } = await pusher.answerAfter(0);
  return { wallMs, cpuMs, calls };
}

const acknowledgesAll = (answer: unknown): boolean => isDeepStrictEqual(answer, { batchItemFailures: [] });
