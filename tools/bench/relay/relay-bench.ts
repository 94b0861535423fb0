import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import type { Bench, BenchContext } from "../bench.ts";
import { loadFleet } from "../measure/fleet.ts";
import { interleave } from "../measure/interleave.ts";
import type { LoadedFunction } from "../measure/loaded-function.ts";
import { pusherSettings } from "../pusher-settings.ts";
import { comparison } from "../report/comparison.ts";
import type { Table } from "../report/table.ts";
import { type PusherEnd, startPusherEnd } from "./pusher-end.ts";
import { FLOOR, METRICS, ONE_BY_ONE, OURS, POWERTOOLS, type RelayMeasure, relayTargets } from "./relay-targets.ts";
import { batchesOf, twoChannelRecords } from "./traffic.ts";

const LATENCY_MS = 20;
const EVENTS = 1000;
const CHANNELS_PER_EVENT = 2;

/** How the events come. */
interface Setting {
  readonly title: string;
  readonly batchSize: number;
  readonly instances: number;
}

const BACKLOG: Setting = { title: "one invocation of 1,000 messages", batchSize: EVENTS, instances: 1 };
/** Lambda's defaults: ten messages an invocation, and five invocations at first. */
const STREAM: Setting = { title: "batches of 10, five instances", batchSize: 10, instances: 5 };

/** The plain way takes as long for each event: some of them show how long, where all of them would take half a minute. */
const EFFORTS = {
  quick: { rounds: 3, warmUpRuns: 4, oneByOneEvents: 50 },
  full: { rounds: 11, warmUpRuns: 20, oneByOneEvents: 200 },
} as const;

/** Events per second, CPU and Pusher calls per event, through the built relay. */
export const relayBench: Bench = async (context) => {
  const pusher = startPusherEnd("https");
  try {
    return [await measureIn(BACKLOG, pusher, context), await measureIn(STREAM, pusher, context)];
  } finally {
    await pusher.stop();
  }
};

type Relay = LoadedFunction & { readonly name: string; readonly events: number };

async function measureIn(setting: Setting, pusher: PusherEnd, context: BenchContext): Promise<Table> {
  const { port, certificate } = await pusher.answerAfter(0);
  const certificatePath = join(context.scratchPath, "pusher.pem");
  await writeFile(certificatePath, certificate);
  const { oneByOneEvents } = EFFORTS[context.effort];
  const load = async (name: string, modulePath: string, events = EVENTS): Promise<Relay> => ({
    name,
    events,
    ...(await loadFleet({
      modulePath,
      env: { ...pusherSettings(port, "https"), NODE_EXTRA_CA_CERTS: certificatePath },
      accepts: acknowledgesAll,
      instances: setting.instances,
      events: batchesOf(twoChannelRecords(events), setting.batchSize),
      scratchPath: context.scratchPath,
      name: `sqs-${setting.batchSize}-${events}`,
    })),
  });
  const relays = await Promise.all([
    load(ONE_BY_ONE, context.peerPath("trigger-each"), oneByOneEvents),
    load(POWERTOOLS, context.peerPath("powertools-relay")),
    load(OURS, bundlePath("relay")),
    load(FLOOR, context.peerPath("bare-relay")),
  ]);
  try {
    return await compare(relays, setting, pusher, context);
  } finally {
    await Promise.all(relays.map(({ stop }) => stop()));
  }
}

async function compare(relays: readonly Relay[], { title }: Setting, pusher: PusherEnd, context: BenchContext) {
  const { effort, progress } = context;
  const { rounds, warmUpRuns, oneByOneEvents } = EFFORTS[effort];
  progress(`relay, ${title}: warming up`);
  for (let run = 0; run < warmUpRuns; run += 1) for (const relay of relays) await relay.run();
  const trials = await interleave(
    relays.map((relay) => ({ name: relay.name, measure: () => measure(relay, pusher) })),
    rounds,
    (round) => progress(`relay, ${title}: round ${round} of ${rounds}`),
  );
  return comparison(
    {
      title: `Relay, Pusher answers after ${LATENCY_MS} ms, ${title}`,
      note: `${EVENTS} events of 40 audits for two channels each (the first row: ${oneByOneEvents} of them). Over TLS, as Pusher is reached.`,
      targets: relayTargets(title, trials),
    },
    trials,
    METRICS,
  );
}

async function measure(relay: Relay, pusher: PusherEnd): Promise<RelayMeasure> {
  await pusher.answerAfter(LATENCY_MS);
  const { wallMs, cpuMs } = await relay.run();
  const { calls, entries } = await pusher.answerAfter(0);
  if (entries !== relay.events * CHANNELS_PER_EVENT) throw new Error(`${relay.name} published ${entries} entries`);
  return { wallMs, cpuMs, calls, entries, events: relay.events };
}

const acknowledgesAll = (answer: unknown): boolean => isDeepStrictEqual(answer, { batchItemFailures: [] });
