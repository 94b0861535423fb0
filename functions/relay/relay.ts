import type { RelaySettings } from "@realtime-gateway/settings";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Publish } from "../publisher.ts";
import { type Budget, budgetOf, type InvocationContext } from "./budget.ts";
import { type BuryDeps, bury, type Refusal } from "./bury.ts";
import { logFailures } from "./log-failures.ts";
import type { EmitMetrics } from "./metrics.ts";
import { failed, type Outcome } from "./outcome.ts";
import { publishMessages, type Queued } from "./publish-messages.ts";
import { type ReadDeps, type Reading, readBatch } from "./read-batch.ts";
import type { RecentEvents } from "./recent-events.ts";
import { groupOf } from "./record.ts";
import { blockGroups, settle } from "./settle.ts";
import { type Summary, summarize } from "./summary.ts";

export interface RelayDeps extends ReadDeps, BuryDeps {
  readonly config: ReadDeps["config"] & Pick<RelaySettings, "conflate" | "pusherTimeoutMs">;
  readonly publish: Publish;
  readonly emitMetrics: EmitMetrics;
  readonly sleep: (ms: number) => Promise<void>;
  /** The event loop's next turn: by then, what has been asked of the network is under way. */
  readonly nextTurn: () => Promise<void>;
  /** 0 to 1 */
  readonly random: () => number;
}

/** A domain event is decoded, routed, guarded, planned, delivered and settled. */
export const createRelay =
  (deps: RelayDeps) =>
  async ({ Records: records }: SQSEvent, context?: InvocationContext): Promise<SQSBatchResponse> => {
    const { nowMs, recent } = deps;
    const budget = budgetOf(context, nowMs());
    const { readings, truncated, drift } = readBatch(records, deps);
    const outcomes = readings.map((reading) => (reading.kind === "settled" ? reading.outcome : undefined));
    const take = (found: ReadonlyMap<number, Outcome>): void => {
      for (const [position, outcome] of found) outcomes[position] = outcome;
    };

    // Elsewhere the good ones need not wait; in a FIFO group, what could not be buried blocks them. Half of the time is theirs.
    const fifo = records.some(groupOf);
    const buryUntilMs = fifo ? Math.floor((budget.startMs + budget.deadlineMs) / 2) : budget.endMs;
    const burying = bury(records, rejectionsAmong(readings), deps, buryUntilMs).then(take);
    if (fifo) await burying;
    blockGroups(records, outcomes);

    const publishing = publishMessages(messagesAmong(readings, outcomes), attemptDeps(deps, budget));
    // While Pusher is awaited: no viewer waits for what only operators want to know.
    const telling = deps.nextTurn().then(() => drift.finish());
    // All end before a bug in one is thrown on: Lambda would freeze the others.
    await Promise.allSettled([publishing, burying, telling]);
    const published = await publishing;
    take(published.outcomes);
    take(await bury(records, withRepeats(readings, published.refusals), deps, budget.endMs));
    shareFates(readings, outcomes);
    remember(readings, outcomes, recent);
    blockGroups(records, outcomes);

    const settled = outcomes.map((outcome) => outcome ?? failed("internal_error", "nothing became of it"));
    const flags = { truncated, drifted: await telling };
    report(summarize(settled, flags, published.delivery, Math.round(nowMs() - budget.startMs)), settled, deps);
    return settle(records, settled);
  };

const rejectionsAmong = (readings: readonly Reading[]): readonly Refusal[] =>
  readings.flatMap((reading, position) =>
    reading.kind === "rejected" ? [{ position, rejection: reading.rejection }] : [],
  );

const messagesAmong = (readings: readonly Reading[], outcomes: readonly (Outcome | undefined)[]): readonly Queued[] =>
  readings.flatMap((reading, position) =>
    reading.kind === "message" && outcomes[position] === undefined ? [{ position, message: reading.message }] : [],
  );

const attemptDeps = (deps: RelayDeps, budget: Budget) => ({
  ...deps,
  ...budget,
  timeoutMs: deps.config.pusherTimeoutMs,
  conflate: deps.config.conflate,
});

/** What repeats an event that Pusher refused would be refused too. */
function withRepeats(readings: readonly Reading[], refusals: readonly Refusal[]): readonly Refusal[] {
  const rejections = new Map(refusals.map(({ position, rejection }) => [position, rejection]));
  return readings.flatMap((reading, position) => {
    const rejection = rejections.get(reading.kind === "repeats" ? reading.position : position);
    return rejection ? [{ position, rejection }] : [];
  });
}

/** What repeats an event is done with once that event is, and comes back if that does. */
function shareFates(readings: readonly Reading[], outcomes: (Outcome | undefined)[]): void {
  for (const [position, reading] of readings.entries()) {
    if (reading.kind !== "repeats" || outcomes[position] !== undefined) continue;
    const first = outcomes[reading.position];
    if (first?.kind === "published" || first?.kind === "conflated") outcomes[position] = { kind: "duplicate" };
    else outcomes[position] = first;
  }
}

/** What was published is a duplicate from now on. */
function remember(readings: readonly Reading[], outcomes: readonly (Outcome | undefined)[], recent: RecentEvents) {
  for (const [position, reading] of readings.entries())
    if (outcomes[position]?.kind === "published" && reading.kind === "message" && reading.key) recent.add(reading.key);
}

/** Says what became of an invocation. */
function report(summary: Summary, outcomes: readonly Outcome[], { log, emitMetrics }: RelayDeps): void {
  logFailures(outcomes, log);
  log.info("relay_batch", { ...summary });
  emitMetrics(summary);
}
