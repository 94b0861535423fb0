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

/**
 * Characters of payloads that may wait: those of ten events and more. A check takes some 0.2 ms a kilobyte, and while it does no answer of
 * Pusher's is read. Larger batches wait for other things than their checks, and to V8 what waits for long is costly.
 */
export const MAX_WAITING_CHARACTERS = 8_192;

/** Tells operators of events that have drifted. */
export interface DriftWatch {
  /** Has an event wait until it is on its way, as nobody who waits for it wants to know; or checks it, where too much would wait. */
  add(event: DomainEvent): void;
  /** Checks what waits; how many have drifted in all. */
  finish(): number;
}

/** Warns of every event that has drifted. Nothing depends on it: a bug of ours is told, once for each event's name, and goes no further. */
export function createDriftWatch(log: Log): DriftWatch {
  const waiting: DomainEvent[] = [];
  const broken = new Set<string>();
  let characters = 0;
  let drifted = 0;
  const check = (event: DomainEvent): void => {
    try {
      const paths = driftOf(event);
      if (paths.length === 0) return;
      drifted += 1;
      log.warn("payload_drifted", { event: event.name, paths });
    } catch (error) {
      if (broken.has(event.name)) return;
      broken.add(event.name);
      log.error("internal_error", { error: error instanceof Error ? error.name : "unknown", event: event.name });
    }
  };
  return {
    add(event) {
      if (characters + event.json.length > MAX_WAITING_CHARACTERS) {
        check(event);
        return;
      }
      characters += event.json.length;
      waiting.push(event);
    },
    finish() {
      for (const event of waiting.splice(0)) check(event);
      return drifted;
    },
  };
}
