import { rejected } from "@realtime-gateway/events";
import { conflate, type Message, plan } from "@realtime-gateway/routing";
import type { AttemptDeps } from "./attempts.ts";
import type { Refusal } from "./bury.ts";
import { type Delivery, deliver } from "./deliver.ts";
import type { Outcome } from "./outcome.ts";

/** A message to publish, and the position of the record it came from. */
export interface Queued {
  readonly position: number;
  readonly message: Message;
}

export interface Published {
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** What Pusher refused for its content. */
  readonly refusals: readonly Refusal[];
  readonly delivery: Pick<Delivery, "calls" | "retries">;
}

/** Plan and deliver: what need not be published is left out, everything else goes in as few calls as there can be. */
export async function publishMessages(
  queued: readonly Queued[],
  deps: AttemptDeps & { readonly conflate: boolean },
): Promise<Published> {
  const replacedBy: ReadonlyMap<number, number> = deps.conflate
    ? conflate(queued.map(({ message }) => message))
    : new Map();
  const kept = queued.filter((_, index) => !replacedBy.has(index));
  // In a FIFO group, what a refused one stood for comes back, and must not find that later messages have been heard.
  const standIns = new Set([...replacedBy.values()].map((newest) => queued[newest]));
  const bringsBack = (index: number): boolean => standIns.has(kept[index]) && kept[index]?.message.group !== undefined;
  const { failures, calls, retries } = await deliver(plan(kept.map(({ message }) => message)), deps, bringsBack);

  const outcomes = new Map<number, Outcome>();
  const refusals: Refusal[] = [];
  for (const [index, { position, message }] of kept.entries()) {
    const failure = failures.get(index);
    outcomes.set(position, failure ?? { kind: "published" });
    if (failure?.code === "rejected_by_pusher")
      refusals.push({ position, rejection: { ...rejected(failure.code, failure.detail), event: message.name } });
  }
  for (const [index, newest] of replacedBy) {
    const [older, newer] = [queued[index], queued[newest]];
    if (older && newer) outcomes.set(older.position, replacedOutcome(outcomes.get(newer.position)));
  }
  return { outcomes, refusals, delivery: { calls, retries } };
}

/** Replaced by what was really published, or else as good as not replaced: it comes back with the other. */
const replacedOutcome = (newer: Outcome | undefined): Outcome =>
  newer?.kind === "failed" ? newer : { kind: "conflated" };
