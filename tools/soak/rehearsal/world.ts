import { readDeadLetter } from "@realtime-gateway/dead-letter";
import { readConfig, relaySettings } from "@realtime-gateway/settings";
import type { SendDeadLetter } from "../../../functions/relay/dead-letters.ts";
import { createRecentEvents, type RecentEvents } from "../../../functions/relay/recent-events.ts";
import type { RelayDeps } from "../../../functions/relay/relay.ts";
import { createDice, type Dice } from "../dice.ts";
import { createHavocPlan } from "../plan/havoc-plan.ts";
import { createPusherPlan } from "../plan/pusher-plan.ts";
import { createQueuePlan, type QueuePlan } from "../plan/queue-plan.ts";
import type { Severity } from "../plan/severity.ts";
import { createRecorder, type SoakRecorder } from "../recorder.ts";
import { RELAY_PUSHER_TIMEOUT_MS } from "../storm/settings.ts";
import { MAX_EVENT_AGE_SECONDS } from "../traffic/traffic.ts";
import type { ProcessLife } from "./life.ts";
import { createRehearsedPusher } from "./pusher.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export interface RehearsalOptions {
  readonly messages: number;
  readonly seed: number;
  readonly faults: Severity;
  readonly fifo: boolean;
}

/** Everything around the relay: plans of faults, a clock, a Pusher and a dead-letter queue in memory. */
export interface RehearsedWorld {
  readonly clock: VirtualClock;
  readonly dice: Dice;
  readonly recorder: SoakRecorder;
  readonly queuePlan: QueuePlan;
  /** The relay's outside world during this life. */
  depsFor(life: ProcessLife, recent: RecentEvents): RelayDeps;
  newMemory(): RecentEvents;
  /** Calls that the relay gave up take effect now. */
  settleLateCalls(): void;
}

export const START_MS = Date.parse("2026-03-02T09:00:00Z");
const DEAD_LETTER_LATENCY_MS = 5;

/** The rehearsal has no Pusher app. Its Pusher looks at no credentials. */
const CONFIG: RelayDeps["config"] = readConfig(relaySettings, {
  PUSHER_APP_ID: "1",
  PUSHER_KEY: "rehearsal",
  PUSHER_SECRET: "rehearsal",
  PUSHER_CLUSTER: "local",
  REALTIME_PUSHER_TIMEOUT_MS: String(RELAY_PUSHER_TIMEOUT_MS),
  REALTIME_MAX_EVENT_AGE_SECONDS: String(MAX_EVENT_AGE_SECONDS),
});

export function createWorld({ messages, seed, faults, fifo }: RehearsalOptions): RehearsedWorld {
  const clock = createVirtualClock(START_MS);
  // Other seeds than the traffic's: what happens must not follow from what is sent.
  const dice = createDice(seed + 1);
  const pusherPlan = createPusherPlan(faults, seed + 2);
  const queuePlan = createQueuePlan(faults, seed + 3);
  const havoc = createHavocPlan(createDice(seed + 4), messages);
  const { refuses } = pusherPlan;
  const recorder = createRecorder({
    ...{ fifo, refuses },
    faultless: faults === "none",
    nowMs: clock.nowMs,
    isStarved: () => false,
  });
  const late: (() => void)[] = [];
  const timeoutMs = RELAY_PUSHER_TIMEOUT_MS;

  const strike = (life: ProcessLife) => (): void => {
    const havocNow = faults === "heavy" ? havoc.onPublication() : undefined;
    if (havocNow === "outage") pusherPlan.goDown();
    if (havocNow === "kill") life.end();
  };
  const pusherFor = (life: ProcessLife) =>
    createRehearsedPusher({
      ...{ plan: pusherPlan, recorder, clock, timeoutMs },
      late: (accept) => void late.push(accept),
      onPublication: strike(life),
    });
  const sendDeadLetter = createRehearsedDeadLetterQueue(queuePlan, recorder, clock);

  return {
    clock,
    dice,
    recorder,
    queuePlan,
    depsFor: (life, recent) => ({
      config: CONFIG,
      publish: life.bound(pusherFor(life)),
      sendDeadLetter: life.bound(sendDeadLetter),
      recent,
      emitMetrics: () => undefined,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      nowMs: clock.nowMs,
      sleep: clock.sleep,
      random: () => dice.below(1_000) / 1_000,
    }),
    newMemory: () => createRecentEvents(clock.nowMs),
    settleLateCalls() {
      for (const accept of late.splice(0)) accept();
    },
  };
}

function createRehearsedDeadLetterQueue(
  plan: QueuePlan,
  recorder: SoakRecorder,
  { sleep }: VirtualClock,
): SendDeadLetter {
  return async ({ body, attributes }) => {
    await sleep(DEAD_LETTER_LATENCY_MS);
    const { messageId, receiveCount } = readDeadLetter(attributes, { movedBySqs: false }).reason ?? {};
    const fault =
      messageId === undefined || receiveCount === undefined ? undefined : plan.deadLetter(messageId, receiveCount);
    if (fault !== undefined) recorder.deadLetterFault(messageId, receiveCount);
    if (fault !== "error") recorder.deadLettered(body, attributes);
    if (fault !== undefined) throw new Error("the queue did not answer");
  };
}
