import { check, type SoakVerdict } from "./checker/check.ts";
import { produce } from "./storm/producers.ts";
import { drained, takeDeadLetters } from "./storm/queues.ts";
import type { RelayFigures } from "./storm/relay-log.ts";
import { type Storm, type StormOptions, startStorm } from "./storm/storm.ts";
import { traffic } from "./traffic/traffic.ts";

export interface SoakOptions extends StormOptions {
  /** From the first message until the queue is empty. */
  readonly limitSeconds: number;
}

/** The progress of a run. */
export interface SoakProgress {
  readonly sent: number;
  /** Above `sent` if the queue passes deleted messages on once more. */
  readonly acknowledged: number;
  /** Events for one channel that Pusher accepted. */
  readonly publications: number;
  readonly invocations: number;
  readonly kills: number;
}

export interface SoakResult extends SoakVerdict {
  readonly options: SoakOptions;
  readonly progress: SoakProgress;
  /** Different events among the messages. */
  readonly events: number;
  /** Messages in all batches. A message counts once for each receive. */
  readonly received: number;
  readonly pusherCalls: number;
  readonly relay: RelayFigures;
  /** From the first message until the queue was empty. */
  readonly seconds: number;
}

const PROGRESS_EVERY_MS = 200;

/** Runs the built functions: a bounded, seeded storm through the real stack, and the checker's verdict on the observations. */
export async function soak(options: SoakOptions, onProgress: (progress: SoakProgress) => void): Promise<SoakResult> {
  const storm = await startStorm(options);
  const ticks = setInterval(() => onProgress(progressOf(storm)), PROGRESS_EVERY_MS);
  try {
    const startedAtMs = performance.now();
    const isDrained = await rage(options, storm);
    const seconds = (performance.now() - startedAtMs) / 1_000;
    await takeDeadLetters(storm.sqs, storm.queue.deadLetterQueueUrl, storm.recorder);
    const observations = storm.recorder.observations(isDrained);
    return {
      ...check(observations),
      options,
      progress: progressOf(storm),
      events: observations.sent.size,
      received: observations.invocations.reduce((sum, { messages }) => sum + messages.length, 0),
      pusherCalls: storm.recorder.calls,
      relay: storm.relay,
      seconds,
    };
  } finally {
    clearInterval(ticks);
    await storm.stop();
  }
}

/** Sends all messages. Resolves with true once the queue is empty, and with false if the time is up first. */
async function rage({ messages, seed, fifo, limitSeconds }: SoakOptions, storm: Storm): Promise<boolean> {
  const signal = AbortSignal.timeout(limitSeconds * 1_000);
  const { sqs, faultySqs, recorder } = storm;
  const { queueUrl } = storm.queue;
  await produce(traffic({ messages, seed, startMs: Date.now() }), { sqs: faultySqs, queueUrl, fifo, recorder, signal });
  return drained(sqs, queueUrl, signal);
}

const progressOf = ({ recorder, kills }: Storm): SoakProgress => ({
  ...recorder.messages,
  publications: recorder.acceptedEntries,
  invocations: recorder.invocations.length,
  kills,
});
