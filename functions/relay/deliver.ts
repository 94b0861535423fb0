import type { Call, PlannedEntry } from "@realtime-gateway/routing";
import pLimit from "p-limit";
import { type AttemptDeps, createAttempts } from "./attempts.ts";
import { type Failed, failed } from "./outcome.ts";

/** Requests to Pusher at once: at 20 ms of latency, more than these would wait for the CPU (docs/decisions/012). */
export const MAX_IN_FLIGHT = 32;

export interface Delivery {
  /** By position of the message; all others are published. */
  readonly failures: ReadonlyMap<number, Failed>;
  readonly calls: number;
  readonly retries: number;
}

const HELD_UP = failed("blocked_by_group", "what a refused message stood for comes first");

/**
 * Fifth verb: publishes the calls of a plan, those that share a lane one after another, others in parallel.
 * A call that is refused for its content is resent entry by entry, in order, so that only the culprit is blamed. Any other
 * failure ends its lanes: what follows there would overtake what has to come back. So does the refusal of a message, by its
 * position, that `bringsBack` others.
 */
export async function deliver(
  calls: readonly Call[],
  deps: AttemptDeps,
  bringsBack: (message: number) => boolean = () => false,
): Promise<Delivery> {
  const attempts = createAttempts(deps);
  const failures = new Map<number, Failed>();
  const lanes = createLaneEnds();

  function fail({ message }: PlannedEntry, failure: Failed): void {
    // What passes with time outweighs a refusal: a message that comes back is refused again, and then for good.
    if (failures.get(message)?.code !== "rejected_by_pusher" && failures.has(message)) return;
    failures.set(message, failure);
  }

  async function send(call: Call): Promise<void> {
    const live = call.filter((entry) => {
      const ended = lanes.ended(entry);
      if (ended) fail(entry, ended);
      return ended === undefined;
    });
    if (live.length === 0) return;
    const failure = await attempts.publish(live);
    if (failure === undefined) return;
    if (failure.code === "rejected_by_pusher" && live.length > 1) {
      for (const entry of live) await send([entry]);
      return;
    }
    for (const entry of live) {
      fail(entry, failure);
      if (failure.code !== "rejected_by_pusher") lanes.end(entry.lane, failure);
      else if (bringsBack(entry.message)) lanes.end(entry.lane, HELD_UP, entry.message);
    }
  }

  await inLaneOrder(calls, send);
  return { failures, calls: attempts.calls, retries: attempts.retries };
}

/** Lanes of which nothing more is sent, except the rest of the message that ended them where it is named: it is buried whole. */
function createLaneEnds() {
  const ends = new Map<number, { readonly failure: Failed; readonly butFor: number | undefined }>();
  return {
    end(lane: number, failure: Failed, butFor?: number): void {
      ends.set(lane, { failure, butFor });
    },
    ended({ lane, message }: PlannedEntry): Failed | undefined {
      const end = ends.get(lane);
      return end?.butFor === message ? undefined : end?.failure;
    },
  };
}

async function inLaneOrder(calls: readonly Call[], send: (call: Call) => Promise<void>): Promise<void> {
  const withSlot = pLimit(MAX_IN_FLIGHT);
  const lastOf = new Map<number, Promise<void>>();
  const all = calls.map((call) => {
    const lanes = new Set(call.map(({ lane }) => lane));
    const before = [...lanes].map((lane) => lastOf.get(lane));
    const done = Promise.all(before).then(() => withSlot(() => send(call)));
    for (const lane of lanes) lastOf.set(lane, done);
    return done;
  });
  // A bug is thrown on once nothing is in flight: Lambda would freeze what is.
  const ends = await Promise.allSettled(all);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
