import type { Call, Message, PlannedEntry } from "@realtime-gateway/routing";
import pLimit from "p-limit";
import { type AttemptDeps, createAttempts, isForbidden, mayConcernEntries } from "./attempts.ts";
import { type FailedOutcome, failed } from "./message.ts";

/** Requests to Pusher in parallel. At 20 ms of latency the CPU limits any more (docs/decisions/012). */
export const MAX_IN_FLIGHT = 32;

export interface Published<M> {
  /** Every message that is not in this map is on all of its channels. */
  readonly failures: ReadonlyMap<M, FailedOutcome>;
  readonly calls: number;
  readonly retries: number;
}

const HELD_LANE = failed("blocked_by_group", "the older messages that a rejected one replaced must come first");

/**
 * Publishes the calls of a plan. Calls that share a lane run one after another, all others in parallel. If one entry may be the
 * cause of Pusher's answer, the entries are sent again one by one, in order, so that only the faulty one is rejected. Any other failure ends the call's
 * lanes: later entries would overtake the ones that are retried later. So does the rejection of a message that
 * `holdsLaneIfRejected`.
 */
export async function publish<M extends Message>(
  calls: readonly Call<M>[],
  deps: AttemptDeps,
  holdsLaneIfRejected: (message: M) => boolean = () => false,
): Promise<Published<M>> {
  const attempts = createAttempts(deps);
  const failures = new Map<M, FailedOutcome>();
  const lanes = createLaneEnds<M>();

  function fail({ message }: PlannedEntry<M>, failure: FailedOutcome): void {
    // A failed channel outweighs a rejected one. The message is retried later, and Pusher rejects it again then.
    if (failures.get(message)?.code !== "rejected_by_pusher" && failures.has(message)) return;
    failures.set(message, failure);
  }

  async function send(call: Call<M>): Promise<void> {
    const live = call.filter((entry) => {
      const ended = lanes.ended(entry);
      if (ended) fail(entry, ended);
      return ended === undefined;
    });
    if (live.length === 0) return;
    const failure = await attempts.publish(live);
    if (failure === undefined) return;
    if (live.length > 1 && (failure.code === "rejected_by_pusher" || mayConcernEntries(failure, live)))
      await sendOneByOne(live);
    else {
      if (isForbidden(failure)) attempts.stop(failure);
      for (const entry of live) end(entry, failure);
    }
  }

  function end(entry: PlannedEntry<M>, failure: FailedOutcome): void {
    fail(entry, failure);
    if (failure.code !== "rejected_by_pusher") lanes.end(entry.lane, failure);
    else if (holdsLaneIfRejected(entry.message)) lanes.end(entry.lane, HELD_LANE, entry.message);
  }

  /** A 403 concerns its entry if Pusher accepts a later one. Otherwise it concerns the app, for example its quota. */
  async function sendOneByOne(entries: Call<M>): Promise<void> {
    let accepted = false;
    const forbidden: { readonly entry: PlannedEntry<M>; readonly failure: FailedOutcome }[] = [];
    const reject = (): void => {
      for (const { entry, failure } of forbidden.splice(0))
        end(entry, failed("rejected_by_pusher", failure.detail, failure.status));
    };
    for (const entry of entries) {
      const ended = lanes.ended(entry);
      if (ended) {
        fail(entry, ended);
        continue;
      }
      const failure = await attempts.publish([entry]);
      if (failure === undefined) {
        accepted = true;
        reject();
      } else if (isForbidden(failure)) {
        forbidden.push({ entry, failure });
        if (holdsLaneIfRejected(entry.message)) lanes.end(entry.lane, HELD_LANE, entry.message);
      } else end(entry, failure);
    }
    // A single one at the end, after accepted ones, is the entry's own. Several are more likely a quota that has just ended.
    if (accepted && forbidden.length === 1) reject();
    for (const { entry, failure } of forbidden) {
      attempts.stop(failure);
      end(entry, failure);
    }
  }

  await inLaneOrder(calls, send);
  return { failures, calls: attempts.calls, retries: attempts.retries };
}

/**
 * Lanes that publish nothing more. The exception is the rejected message that ended its lane: its other channels are still
 * tried, as it is dead-lettered as a whole.
 */
function createLaneEnds<M>() {
  const ends = new Map<M, { readonly failure: FailedOutcome; readonly except: M | undefined }>();
  return {
    end(lane: M, failure: FailedOutcome, except?: M): void {
      ends.set(lane, { failure, except });
    },
    ended({ lane, message }: PlannedEntry<M>): FailedOutcome | undefined {
      const end = ends.get(lane);
      return end?.except === message ? undefined : end?.failure;
    },
  };
}

async function inLaneOrder<M>(calls: readonly Call<M>[], send: (call: Call<M>) => Promise<void>): Promise<void> {
  const withSlot = pLimit(MAX_IN_FLIGHT);
  const lastOf = new Map<M, Promise<void>>();
  const all = calls.map((call) => {
    const lanes = new Set(call.map(({ lane }) => lane));
    const before = [...lanes].map((lane) => lastOf.get(lane));
    const done = Promise.all(before).then(() => withSlot(() => send(call)));
    for (const lane of lanes) lastOf.set(lane, done);
    return done;
  });
  // All calls end before a bug in one of them is thrown: Lambda would freeze the others.
  const ends = await Promise.allSettled(all);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
