import type { Delivery } from "./deliver.ts";
import type { Outcome } from "./outcome.ts";

/** One invocation in figures: the relay's log record, and its metrics. */
export interface Summary {
  readonly received: number;
  readonly published: number;
  /** Acknowledged without a call: a newer event of the same entity was published in its place. */
  readonly conflated: number;
  /** Acknowledged without a call: the same event had been published. */
  readonly duplicate: number;
  /** Acknowledged without a call: older than anybody wants to know. */
  readonly expired: number;
  readonly truncated: number;
  readonly drifted: number;
  /** In the dead-letter queue, by code. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Still in the queue, by code. */
  readonly failed: Readonly<Record<string, number>>;
  readonly pusher_calls: number;
  readonly retries: number;
  readonly ms: number;
}

export interface Flags {
  readonly truncated: number;
  readonly drifted: number;
}

export function summarize(
  outcomes: readonly Outcome[],
  flags: Flags,
  { calls, retries }: Pick<Delivery, "calls" | "retries">,
  ms: number,
): Summary {
  const count = (kind: Outcome["kind"]): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  return {
    received: outcomes.length,
    published: count("published"),
    conflated: count("conflated"),
    duplicate: count("duplicate"),
    expired: count("expired"),
    ...flags,
    rejected: byCode(outcomes.filter((outcome) => outcome.kind === "dead_lettered")),
    failed: byCode(outcomes.filter((outcome) => outcome.kind === "failed")),
    pusher_calls: calls,
    retries,
    ms,
  };
}

function byCode(outcomes: readonly { readonly code: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of outcomes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
