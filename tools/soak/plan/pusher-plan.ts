import type { FaultEffect } from "../../../packages/pusher-server/src/index.ts";
import { createDice, type Dice } from "../dice.ts";
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
    [0.004, { kind: "answer", status: 307 }],
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
const REFUSALS = [400, 413, 422, 403] as const;

/** True for the answer to a call with a rejected event. No passing fault has such a status. */
export const isRefusal = (status: number | undefined): boolean => REFUSALS.some((refusal) => refusal === status);

const LONGEST_OUTAGE_CALLS = 60;
const SHORTEST_OUTAGE_CALLS = 10;

export interface PlannedCallEntry {
  readonly marker: number | undefined;
  readonly channel: string;
}

/** The faults of one run's Pusher. */
export interface PusherPlan {
  /** True if Pusher never accepts this event on this channel. The answer to a call with it is 400, 403, 413 or 422. */
  refuses(marker: number, channel: string): boolean;
  /** The effect on the next call. */
  next(entries: readonly PlannedCallEntry[]): FaultEffect | undefined;
  /** Pusher is down: the next calls get no useful answer. */
  goDown(): void;
}

export function createPusherPlan(severity: Severity, seed: number): PusherPlan {
  const dice = createDice(seed);
  const forbidding = createForbidding();
  let down = 0;
  const refuses = (marker: number, channel: string): boolean =>
    severity !== "none" &&
    (share(seed, "all", marker) < REFUSED || share(seed, "one", marker, channel) < REFUSED_ON_ONE_CHANNEL);
  return {
    refuses,
    next(entries) {
      if (down > 0) {
        down -= 1;
        return { kind: "answer", status: 503 };
      }
      const refused = entries.filter(({ marker, channel }) => marker !== undefined && refuses(marker, channel));
      const [first] = refused;
      const passing = draw(PASSING[severity], dice);
      if (first === undefined || (passing !== undefined && !accepts(passing))) return passing;
      const status = REFUSALS[Number(first.marker) % REFUSALS.length];
      const isForbidden = status === 403 && forbidding.forbids(entries, refused);
      return { kind: "answer", status: isForbidden || status !== 403 ? (status ?? 400) : 413 };
    },
    goDown() {
      down = SHORTEST_OUTAGE_CALLS + dice.below(LONGEST_OUTAGE_CALLS);
    },
  };
}

/** Then the event gets 413, so that it ends also with a relay that takes a 403 for the app's. */
const MOST_FORBIDDEN_CALLS = 12;

/**
 * A 403 concerns a single entry only if Pusher accepts others; alone, it concerns the app. So an event gets it in a call with sound
 * events, and then once alone, when the relay asks for each entry.
 */
function createForbidding() {
  const calls = new Map<string, number>();
  const alone = new Set<string>();
  return {
    forbids(entries: readonly PlannedCallEntry[], refused: readonly PlannedCallEntry[]): boolean {
      const key = refused.map(({ marker, channel }) => `${marker} ${channel}`).join();
      if (entries.length === 1) return alone.delete(key);
      const count = (calls.get(key) ?? 0) + 1;
      if (refused.length > 1 || count > MOST_FORBIDDEN_CALLS) return false;
      calls.set(key, count);
      alone.add(key);
      return true;
    },
  };
}

function draw(shares: FaultShares, dice: Dice): FaultEffect | undefined {
  let left = dice.below(1_000_000) / 1_000_000;
  for (const [probability, effect] of shares) {
    if (left < probability) return effect;
    left -= probability;
  }
  return undefined;
}

/** True if Pusher takes the entries of the call, whatever the relay hears of it. */
export const accepts = (effect: FaultEffect): boolean =>
  effect.kind === "answer" || effect.kind === "reset" ? effect.accepted === true : true;
