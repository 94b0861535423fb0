import { availableParallelism, loadavg } from "node:os";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { createSqsClient } from "../../../packages/local/src/sqs/client.ts";
import type { Queue } from "../../../packages/local/src/sqs/queue.ts";
import { createDice } from "../dice.ts";
import { createHavocPlan } from "../plan/havoc-plan.ts";
import { createPusherPlan } from "../plan/pusher-plan.ts";
import { createQueuePlan } from "../plan/queue-plan.ts";
import type { Severity } from "../plan/severity.ts";
import { createRecorder, type SoakRecorder } from "../recorder.ts";
import { watchInvocations } from "./invocations.ts";
import { type RelayFigures, readRelayLog } from "./relay-log.ts";
import { startStage } from "./stage.ts";

export interface StormOptions {
  readonly messages: number;
  readonly seed: number;
  readonly faults: Severity;
  readonly fifo: boolean;
}

/** The real stack with planned faults, and an observer of everything that happens in it. */
export interface Storm {
  readonly recorder: SoakRecorder;
  readonly queue: Queue;
  /** For producers: their requests meet the plan's faults. */
  readonly faultySqs: SQSClient;
  /** For the soak itself. */
  readonly sqs: SQSClient;
  readonly relay: RelayFigures;
  readonly kills: number;
  stop(): Promise<void>;
}

/** Processes that are ready to run, for each core. A cold start of the relay then takes as long as its whole time. */
const STARVING_LOAD = 4;

const isStarved = (): boolean => (loadavg()[0] ?? 0) > STARVING_LOAD * availableParallelism();

export async function startStorm({ messages, seed, faults, fifo }: StormOptions): Promise<Storm> {
  // Other seeds than the traffic's: what happens must not follow from what is sent.
  const pusherPlan = createPusherPlan(faults, seed + 2);
  const queuePlan = createQueuePlan(faults, seed + 3);
  const havoc = createHavocPlan(createDice(seed + 4), messages);
  const nowMs = (): number => performance.now();
  const { refuses } = pusherPlan;
  const recorder = createRecorder({ fifo, refuses, faultless: faults === "none", nowMs, isStarved });
  const invocations = watchInvocations(recorder);
  const log = readRelayLog();
  const onPublication = (): void => {
    const strike = faults === "heavy" ? havoc.onPublication() : undefined;
    if (strike === "outage") pusherPlan.goDown();
    if (strike === "kill") void invocations.killing(stage.killRelay());
  };
  const stage = await startStage({
    fifo,
    pusher: { plan: pusherPlan, recorder, onPublication },
    sqs: { plan: queuePlan, recorder },
    onInvoke: invocations.onInvoke,
    onBatch: invocations.onBatch,
    onLog: log.line,
  });
  const { queue, queueFront } = stage;
  const sqs = createSqsClient(queue);
  // One attempt: a retry inside the SDK would send a message twice unseen.
  const faultySqs = createSqsClient({ ...queue, endpoint: queueFront.endpoint }, { maxAttempts: 1 });
  return {
    recorder,
    queue,
    faultySqs,
    sqs,
    relay: log.figures,
    get kills() {
      return invocations.kills;
    },
    async stop() {
      faultySqs.destroy();
      sqs.destroy();
      await stage.stop();
    },
  };
}
