import type { FaultEffect } from "../../../packages/pusher-server/src/index.ts";
import { createDice } from "../dice.ts";
import { RELAY_PUSHER_TIMEOUT_MS } from "../storm/settings.ts";
import { type Severity, share } from "./severity.ts";

/** The share of calls that a fault strikes, and its effect. */
type FaultShares = readonly (readonly [probability: number, effect: FaultEffect])[];

/** Longer than the relay's timeout, and over before another invocation can have the message. */
const TOO_LATE_MS = RELAY_PUSHER_TIMEOUT_MS + 200;

const PASSING: Readonly<Record<Severity, FaultShares>> = {
  none: [],
  light: [
    [0.01, { kind: "answer", status: 500 }],
    [0.01, { kind: "answer", status: 429, headers: { "retry-after": "1" } }],
    [0.005, { kind: "reset" }],
    [0.005, { kind: "reset", accepted: true }],
    [0.005, { kind: "answer-late", ms: 100 }],
  ],
  heavy: [
    [0.03, { kind: "answer", status: 500 }],
    [0.02, { kind: "answer", status: 503, accepted: true }],
    [0.02, { kind: "answer", status: 429 }],
    [0.02, { kind: "answer", status: 429, headers: { "retry-after": "1" } }],
    [0.001, { kind: "answer", status: 401 }],
    [0.02, { kind: "reset" }],
    [0.02, { kind: "reset", accepted: true }],
    [0.01, { kind: "wait", ms: TOO_LATE_MS }],
    [0.01, { kind: "answer-late" }],
    [0.02, { kind: "answer-late", ms: 100 }],
    [0.01, { kind: "stall-body" }],
  ],
};

/** Events that Pusher never accepts: this share on all channels, and this share on one of them. */
const REFUSED = 0.03;
const REFUSED_ON_ONE_CHANNEL = 0.01;
const REFUSALS = [400, 413] as const;

const LONGEST_OUTAGE_CALLS = 60;
const SHORTEST_OUTAGE_CALLS = 10;

export interface PlannedCallEntry {
  readonly marker: number | undefined;
  readonly channel: string;
}

/** The faults of one run's Pusher. */
export interface PusherPlan {
  /** True if Pusher never accepts this event on this channel. The answer to a call with it is 400 or 413. */
  refuses(marker: number, channel: string): boolean;
  /** The effect on the next call. */
  next(entries: readonly PlannedCallEntry[]): FaultEffect | undefined;
  /** Pusher is down: the next calls get no useful answer. */
  goDown(): void;
}

export function createPusherPlan(severity: Severity, seed: number): PusherPlan {
  const dice = createDice(seed);
  let down = 0;
  const refuses = (marker: number, channel: string): boolean =>
    severity === "heavy" &&
    (share(seed, "all", marker) < REFUSED || share(seed, "one", marker, channel) < REFUSED_ON_ONE_CHANNEL);
  return {
    refuses,
    next(entries) {
      if (down > 0) {
        down -= 1;
        return { kind: "answer", status: 503 };
      }
      const refused = entries.find(({ marker, channel }) => marker !== undefined && refuses(marker, channel));
      let left = dice.below(1_000_000) / 1_000_000;
      for (const [probability, effect] of PASSING[severity]) {
        if (left < probability) return effect;
        left -= probability;
      }
      return refused && { kind: "answer", status: REFUSALS[Number(refused.marker) % REFUSALS.length] ?? 400 };
    },
    goDown() {
      down = SHORTEST_OUTAGE_CALLS + dice.below(LONGEST_OUTAGE_CALLS);
    },
  };
}
