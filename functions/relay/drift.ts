import { type DomainEvent, definitionOf } from "@realtime-gateway/events";
import type { Log } from "../log.ts";

/** A warning names the first few: one array may hold a hundred thousand values that differ. */
const MAX_PATHS = 10;
const WHOLE_PAYLOAD = "(payload)";

/** Paths of the fields that differ from the event's schema. An event that the catalog does not know yet has none to differ from. */
export function driftOf({ name, data }: DomainEvent): readonly string[] {
  try {
    const issues = definitionOf(name)?.schema.safeParse(data).error?.issues ?? [];
    return issues.slice(0, MAX_PATHS).map(({ path }) => path.join(".") || WHOLE_PAYLOAD);
  } catch (error) {
    // zod hands an array's issues over as arguments of one call; the stack has no room for some hundred thousand of them.
    if (error instanceof RangeError) return [WHOLE_PAYLOAD];
    throw error;
  }
}

/** A payload that waits is memory: of a large batch, whose viewers wait for longer than a check takes, few do. */
const MAX_WAITING = 100;

/** Tells operators of events that have drifted. */
export interface DriftWatch {
  /** Has an event wait until it is on its way: nobody who waits for it wants to know. */
  add(event: DomainEvent): void;
  /** Checks what waits; how many have drifted in all. */
  finish(): number;
}

/** Warns of every event that has drifted. Nothing depends on it: a bug of ours is told, and goes no further. */
export function createDriftWatch(log: Log): DriftWatch {
  const waiting: DomainEvent[] = [];
  let drifted = 0;
  const check = (event: DomainEvent): void => {
    try {
      const paths = driftOf(event);
      if (paths.length === 0) return;
      drifted += 1;
      log.warn("payload_drifted", { event: event.name, paths });
    } catch (error) {
      log.error("internal_error", { error: error instanceof Error ? error.name : "unknown", event: event.name });
    }
  };
  return {
    add(event) {
      if (waiting.length < MAX_WAITING) waiting.push(event);
      else check(event);
    },
    finish() {
      for (const event of waiting.splice(0)) check(event);
      return drifted;
    },
  };
}
