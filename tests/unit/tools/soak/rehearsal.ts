import type { SQSRecord } from "aws-lambda";
import type { Publish } from "../../../../functions/publisher.ts";
import { check } from "../../../../tools/soak/checker/check.ts";
import type { Law } from "../../../../tools/soak/checker/observations.ts";
import { createDice, type Dice } from "../../../../tools/soak/dice.ts";
import { createRecorder, type Recorder } from "../../../../tools/soak/storm/recorder.ts";
import { MAX_EVENT_AGE_SECONDS, traffic } from "../../../../tools/soak/traffic/traffic.ts";
import { published, refused, unavailable } from "../../../support/fake-publish.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";
import { type RelayParts, rehearsedRelay, SOUND } from "./rehearsed-relay.ts";

export interface Rehearsal {
  readonly parts?: Partial<RelayParts>;
  readonly fifo?: boolean;
  readonly seed?: number;
  /** How the relay's invocations end, where not by its answer. */
  readonly error?: string;
}

const MESSAGES = 1_200;
const SMALLEST_BATCH = 20;
const LARGEST_BATCH = 60;
/** Of invocations that die once they have done everything but answer. */
const KILLED = 0.05;
/** A relay that never gets anything done has to come to an end too. */
const MOST_INVOCATIONS = 500;
const DIED = "Runtime exited with error: signal: killed";
const START_MS = Date.parse("2026-03-02T09:00:00Z");

/** A storm without a network: the traffic, a queue and a Pusher that fails in memory. Resolves with the laws that were violated. */
export async function rehearse({ parts, fifo = false, seed = 1, error }: Rehearsal = {}): Promise<readonly Law[]> {
  const recorder = createRecorder({ fifo, refusals: true });
  const dice = createDice(seed);
  const deps = { ...clock(), publish: moodyPusher(recorder, dice), random: () => 0.5, bury: recorder.letter };
  let queue = send(recorder, seed, fifo);
  for (let invocations = 0; queue.length > 0 && invocations < MOST_INVOCATIONS; invocations += 1) {
    const size = SMALLEST_BATCH + dice.below(LARGEST_BATCH - SMALLEST_BATCH);
    const [batch, rest] = [queue.slice(0, size), queue.slice(size)];
    const invocation = recorder.invoked(batch.map(({ body }) => body));
    const isKilled = dice.chance(KILLED);
    if (isKilled) invocation.killed();
    const failures = await rehearsedRelay(batch, { ...SOUND, ...parts }, deps);
    const stays = ({ messageId }: Pick<SQSRecord, "messageId">): boolean => isKilled || failures.has(messageId);
    const back = batch.filter(stays);
    invocation.ended((position) => batch[position] !== undefined && stays(batch[position]), isKilled ? DIED : error);
    queue = fifo ? [...back, ...rest] : [...rest, ...back];
  }
  const { violations } = check(recorder.observations(queue.length === 0));
  return [...new Set(violations.map(({ law }) => law))];
}

function send(recorder: Recorder, seed: number, fifo: boolean): readonly SQSRecord[] {
  const records: SQSRecord[] = [];
  for (const message of traffic({ messages: MESSAGES, seed, startMs: START_MS })) {
    recorder.sent(message);
    const messageId = `m-${records.length}`;
    records.push(fifo ? fifoRecord(messageId, message.body, message.group) : sqsRecord(messageId, message.body));
  }
  return records;
}

/** Away for long enough, now and then, to use up a call's attempts; it may take effect all the same, and it may refuse. */
function moodyPusher(recorder: Recorder, dice: Dice): Publish {
  let awayFor = 0;
  return async (entries) => {
    awayFor = awayFor > 0 ? awayFor - 1 : dice.chance(0.05) ? 1 + dice.below(6) : 0;
    if (dice.chance(0.08)) return refused;
    const isHeard = awayFor === 0 || dice.chance(0.2);
    if (isHeard) for (const { channel, name, data } of entries) recorder.published({ channel, event: name, data });
    return awayFor === 0 ? published : unavailable;
  };
}

/** A clock that only sleeping moves. */
function clock() {
  let nowMs = START_MS;
  return {
    nowMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
    timeoutMs: 1_000,
    deadlineMs: Number.POSITIVE_INFINITY,
    startMs: START_MS,
    maxAgeMs: MAX_EVENT_AGE_SECONDS * 1_000,
  };
}
