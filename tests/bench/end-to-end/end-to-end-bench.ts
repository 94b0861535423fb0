import { randomUUID } from "node:crypto";
import { type Stack, startStack } from "@realtime-gateway/local";
import type { Bench, BenchContext } from "../bench.ts";
import { interleave } from "../measure/interleave.ts";
import { quantile } from "../measure/statistics.ts";
import { comparison } from "../report/comparison.ts";
import { directSender, queueSender, type Sender } from "./senders.ts";
import { startViewer, type Viewer } from "./viewer.ts";

const SETTINGS = {
  quick: { events: 50, rounds: 3 },
  full: { events: 100, rounds: 15 },
} as const;

const WARM_UP_EVENTS = 100;

/** From a producer's send to the callback in a browser's client, on the local stack. */
export const endToEndBench: Bench = async (context) => {
  context.progress("end to end: starting the local stack");
  const stack = await startStack({ httpPort: 0, sqsPort: 0, pusherPort: 0 });
  try {
    return [await measureOn(stack, context)];
  } finally {
    await stack.stop();
  }
};

async function measureOn(stack: Stack, { effort, progress }: BenchContext) {
  const { events, rounds } = SETTINGS[effort];
  const direct = directSender(stack);
  const queue = queueSender(stack);
  const viewer = await startViewer(stack);
  try {
    progress("end to end: warming up");
    for (const sender of [direct, queue]) await timesOf(WARM_UP_EVENTS, sender, viewer);
    const contender = (name: string, sender: Sender) => ({ name, measure: () => timesOf(events, sender, viewer) });
    const trials = await interleave(
      [contender("`pusher.trigger` in the producer", direct), contender("SendMessage, through the gateway", queue)],
      rounds,
      (round) => progress(`end to end: round ${round} of ${rounds}`),
    );
    return comparison(
      {
        title: "End to end, on the local stack",
        note: `${events} events a round, one at a time, from the send to a \`pusher-js\` callback. Emulators included.`,
      },
      trials,
      [
        { name: "p50 ms", of: (times) => quantile(times, 0.5) },
        { name: "p99 ms", of: (times) => quantile(times, 0.99) },
      ],
    );
  } finally {
    viewer.close();
    queue.close();
  }
}

async function timesOf(events: number, { send }: Sender, { timeOf }: Viewer): Promise<readonly number[]> {
  const times: number[] = [];
  for (let event = 0; event < events; event += 1) {
    const eventId = randomUUID();
    times.push(await timeOf(eventId, () => send(eventId)));
  }
  return times;
}
