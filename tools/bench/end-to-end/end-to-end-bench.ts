import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { type Stack, startStack } from "@realtime-gateway/local";
import type { Bench, BenchContext } from "../bench.ts";
import { interleave } from "../measure/interleave.ts";
import type { Table } from "../report/table.ts";
import { startPath } from "./path.ts";
import { directSender, type Sender } from "./senders.ts";
import { createStopwatch, type Passage, type Stopwatch } from "./stages.ts";
import { DIRECT, FLOOR, OURS, stagesTable, TRIGGER, timesTable } from "./tables.ts";
import { startViewer, type Viewer } from "./viewer.ts";

const SETTINGS = {
  quick: { events: 30, rounds: 3, warmUpEvents: 40 },
  full: { events: 100, rounds: 15, warmUpEvents: 300 },
} as const;

/** Between two events, so that the poller polls again, as it does when events are rare. */
const PAUSE_MS = 2;

/** From a producer's send to the callback in a browser's client, on the local stack. */
export const endToEndBench: Bench = async (context) => {
  context.progress("end to end: starting the local stack");
  // Pusher and the auth function; every relay that is compared has a queue of its own.
  const stack = await startStack({ httpPort: 0, sqsPort: 0, pusherPort: 0, holdMessages: true });
  try {
    return await measureOn(stack, context);
  } finally {
    await stack.stop();
  }
};

async function measureOn(stack: Stack, context: BenchContext): Promise<readonly Table[]> {
  const { effort, scratchPath, peerPath, progress } = context;
  const { events, rounds, warmUpEvents } = SETTINGS[effort];
  const stopwatch = createStopwatch();
  const pathThrough = (name: string, relayPath: string) =>
    startPath({
      name,
      bundlePath: relayPath,
      pusher: stack.pusher,
      scratchPath,
      onReceive: stopwatch.receive,
      onEnter: stopwatch.enter,
    });
  const paths = await Promise.all([
    pathThrough("bare", peerPath("bare-relay")),
    pathThrough("relay", bundlePath("relay")),
    pathThrough("trigger", peerPath("trigger-each")),
  ]);
  const [bare, ours, trigger] = paths;
  const viewer = await startViewer(stack);
  const contender = (name: string, sender: Sender) => ({
    name,
    measure: (): Promise<readonly Passage[]> => passages(events, sender, viewer, stopwatch),
  });
  try {
    const contenders = [
      contender(DIRECT, directSender(stack)),
      contender(FLOOR, bare),
      contender(OURS, ours),
      contender(TRIGGER, trigger),
    ];
    progress("end to end: warming up");
    for (const path of paths) await passages(warmUpEvents, path, viewer, stopwatch);
    const trials = await interleave(contenders, rounds, (round) => progress(`end to end: round ${round} of ${rounds}`));
    return [timesTable(trials, events), stagesTable(trials.filter(({ name }) => name !== DIRECT))];
  } finally {
    viewer.close();
    stopwatch.stop();
    await Promise.all(paths.map(({ stop }) => stop()));
  }
}

async function passages(events: number, { send }: Sender, viewer: Viewer, stopwatch: Stopwatch) {
  const found: Passage[] = [];
  for (let event = 0; event < events; event += 1) {
    const eventId = randomUUID();
    const { sentMs, heardMs } = await viewer.timesOf(eventId, () => send(eventId));
    // The times from the relay's process may arrive after the callback.
    await delay(PAUSE_MS);
    found.push(stopwatch.take(sentMs, heardMs));
  }
  return found;
}
