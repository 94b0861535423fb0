import { setTimeout as delay } from "node:timers/promises";
import type { FaultPlan } from "@realtime-gateway/pusher-server";
import { parseStackFault } from "./parse-stack-fault.ts";
import type { AnyStackFault, StackFault } from "./types.ts";

export interface FaultsDeps {
  /** The faults of the local Pusher server. `undefined`: the Pusher app is not on this machine. */
  readonly pusher: FaultPlan | undefined;
  /** Kills the relay in the middle of its invocations. */
  killRelay(): Promise<void>;
}

/** The faults that act on the stack now: on Pusher's answers, on the relay, on the way from the queue to the relay. */
export interface StackFaults {
  list(): readonly StackFault[];
  /** Throws an Error that names every mistake in an invalid fault. */
  add(fault: AnyStackFault): void;
  clear(part?: StackFault["part"]): void;
  /** Invokes the relay as the faults allow. */
  invoke(relay: () => Promise<unknown>): Promise<unknown>;
}

export function createFaults({ pusher, killRelay }: FaultsDeps): StackFaults {
  let pusherFaults: StackFault[] = [];
  let kills = 0;
  let delayMs = 0;
  let cleared = new AbortController();

  function addPusherFault(fault: StackFault & { readonly part: "pusher" }): void {
    if (pusher === undefined) throw new Error("The Pusher app is not on this machine, so that it has no faults");
    const { part: _, ...plan } = fault;
    pusher.add(plan);
    pusherFaults.push(fault);
  }

  function clearQueue(): void {
    delayMs = 0;
    cleared.abort();
    cleared = new AbortController();
  }

  return {
    list: () => [
      ...pusherFaults,
      ...(kills > 0 ? [{ part: "relay" as const, kill: kills }] : []),
      ...(delayMs > 0 ? [{ part: "queue" as const, delayMs }] : []),
    ],
    add(given) {
      const fault = parseStackFault(given);
      if (fault.part === "pusher") addPusherFault(fault);
      else if (fault.part === "relay") kills = fault.kill;
      else delayMs = fault.delayMs;
    },
    clear(part) {
      if (part === undefined || part === "pusher") {
        pusher?.clear();
        pusherFaults = [];
      }
      if (part === undefined || part === "relay") kills = 0;
      if (part === undefined || part === "queue") clearQueue();
    },
    async invoke(relay) {
      if (delayMs > 0) await delay(delayMs, undefined, { signal: cleared.signal }).catch(() => undefined);
      if (kills === 0) return await relay();
      kills -= 1;
      const [outcome] = await Promise.allSettled([relay(), killRelay()]);
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value;
    },
  };
}
