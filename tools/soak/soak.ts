import { buildFunctions } from "../build.ts";
import { check, type Verdict } from "./checker/check.ts";
import { produce } from "./storm/producers.ts";
import { drained, takeLetters } from "./storm/queues.ts";
import type { RelayFigures } from "./storm/relay-log.ts";
import { type Storm, type StormOptions, startStorm } from "./storm/storm.ts";
import { traffic } from "./traffic/traffic.ts";

export interface SoakOptions extends StormOptions {
  /** From the first message until the queue is empty. */
  readonly limitSeconds: number;
}

/** Where a run is, for whoever waits. */
export interface Position {
  readonly sent: number;
  readonly acknowledged: number;
  readonly publications: number;
  readonly invocations: number;
  readonly kills: number;
}

export interface SoakResult extends Verdict {
  readonly options: SoakOptions;
  readonly position: Position;
  /** Different events among the messages. */
  readonly events: number;
  /** Records that the relay was handed, redelivered ones each time. */
  readonly received: number;
  readonly pusherCalls: number;
  readonly relay: RelayFigures;
  /** From the first message until the queue was empty. */
  readonly seconds: number;
}

const POSITION_EVERY_MS = 200;

/** A bounded, seeded storm through the real stack, and the checker's verdict on what was seen of it. */
export async function soak(options: SoakOptions, onPosition: (position: Position) => void): Promise<SoakResult> {
  await buildFunctions();
  const storm = await startStorm(options);
  const ticks = setInterval(() => onPosition(positionOf(storm)), POSITION_EVERY_MS);
  try {
    const startedAtMs = performance.now();
    const isDrained = await rage(options, storm);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    await takeLetters(storm.sqs, storm.queue.deadLetterQueueUrl, storm.recorder);
    const observations = storm.recorder.observations(isDrained);
    return {
      ...check(observations),
      options,
      position: positionOf(storm),
      events: observations.sent.size,
      received: observations.invocations.reduce((sum, { records }) => sum + records.length, 0),
      pusherCalls: storm.server.requests.total,
      relay: storm.relay,
      seconds,
    };
  } finally {
    clearInterval(ticks);
    await storm.stop();
  }
}

/** Sends everything and waits for the queue to drain; whether it did in time. */
async function rage({ messages, seed, fifo, limitSeconds }: SoakOptions, storm: Storm): Promise<boolean> {
  const signal = AbortSignal.timeout(limitSeconds * 1_000);
  const { sqs, recorder } = storm;
  const { queueUrl } = storm.queue;
  await produce(traffic({ messages, seed, startMs: Date.now() }), { sqs, queueUrl, fifo, recorder, signal });
  return drained(sqs, queueUrl, signal);
}

const positionOf = ({ recorder, kills }: Storm): Position => ({
  ...recorder.messages,
  publications: recorder.publications,
  invocations: recorder.invocations.length,
  kills,
});
