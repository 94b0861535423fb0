import type { Fault, FaultEffect } from "../../../packages/pusher-server/src/index.ts";
import { RELAY_PUSHER_TIMEOUT_MS } from "./settings.ts";

export type Severity = "none" | "light" | "heavy";

/** The share of calls that something happens to, and what. */
type Plan = readonly (readonly [probability: number, effect: FaultEffect])[];

/** Longer than the relay waits for an answer, and over before the message can be in another invocation's hands. */
const TOO_LATE_MS = RELAY_PUSHER_TIMEOUT_MS + 200;

const LIGHT: Plan = [
  [0.01, { kind: "answer", status: 500 }],
  [0.01, { kind: "answer", status: 429, headers: { "retry-after": "1" } }],
  [0.005, { kind: "reset" }],
  [0.005, { kind: "reset", accepted: true }],
  [0.005, { kind: "answer-late", ms: 100 }],
];

const HEAVY: Plan = [
  [0.03, { kind: "answer", status: 500 }],
  [0.02, { kind: "answer", status: 503, accepted: true }],
  [0.02, { kind: "answer", status: 429 }],
  [0.01, { kind: "answer", status: 429, headers: { "retry-after": "1" } }],
  [0.05, { kind: "answer", status: 413 }],
  [0.001, { kind: "answer", status: 401 }],
  [0.02, { kind: "reset" }],
  [0.02, { kind: "reset", accepted: true }],
  [0.01, { kind: "wait", ms: TOO_LATE_MS }],
  [0.01, { kind: "answer-late" }],
  [0.02, { kind: "answer-late", ms: 100 }],
  [0.01, { kind: "stall-body" }],
];

const PLANS: Readonly<Record<Severity, Plan>> = { none: [], light: LIGHT, heavy: HEAVY };

/** The seeded plan for every call to Pusher. Each fault has a generator of its own, so that they do not strike together. */
export const faultsOf = (severity: Severity, seed: number): readonly Fault[] =>
  PLANS[severity].map(([probability, effect], index) => ({
    effect,
    when: { probability, seed: seed * PLANS.heavy.length + index },
  }));

/** Whether events are refused that nothing is wrong with. */
export const refuses = (severity: Severity): boolean =>
  PLANS[severity].some(([, effect]) => effect.kind === "answer" && effect.status === 413);

/** Pusher is away: so many calls in a row get no answer worth the name. */
export const outage = (calls: number): Fault => ({ effect: { kind: "answer", status: 503 }, when: { times: calls } });
