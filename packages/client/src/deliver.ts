import { LATEST_WINS } from "./events.ts";
import type { Meta } from "./types.ts";

/** Events that the client remembers per channel, to drop duplicates. */
const MAX_REMEMBERED = 500;

/**
 * A payload with the stamp of `REALTIME_STAMP=1`. The gateway made it, so its members are not checked. An envelope without an id or a
 * time leaves that member out.
 */
interface Stamped {
  readonly _realtime?: { readonly id?: string; readonly time?: string };
  readonly [field: string]: unknown;
}

/** Reads the stamp of each event of one channel, and drops duplicates and latest-wins events that are older than the last one. */
export function createDelivery(
  channel: string,
  handle: (data: never, meta: Meta) => void,
): (event: string, received: unknown) => void {
  const seen = new Set<string>();
  const newest = new Map<string, number>();

  const isDuplicate = (id?: string): boolean => {
    if (!id) return false;
    if (seen.has(id)) return true;
    const [oldest = id] = seen.add(id);
    if (seen.size > MAX_REMEMBERED) seen.delete(oldest);
    return false;
  };

  const isOlder = (entity: string | undefined, ms: number): boolean => {
    if (!entity) return false;
    const lastMs = newest.get(entity) ?? ms;
    // A time that is no date is neither older nor newer.
    if (ms >= lastMs) newest.set(entity, ms);
    return ms < lastMs;
  };

  return (event, received) => {
    const { _realtime: stamp, ...data }: Stamped = Object(received);
    if (stamp && (isDuplicate(stamp.id) || isOlder(entityOf(event, data), Date.parse(stamp.time ?? "")))) return;
    // The catalog's types describe the data. The client does not validate it.
    handle((stamp ? data : received) as never, { event, channel, ...stamp, receivedAt: Date.now() });
  };
}

/** A key of what a latest-wins event is about. `undefined` for other events, and for an event without the entity's id. */
function entityOf(event: string, data: Stamped): string | undefined {
  const ids = LATEST_WINS[event]?.(data);
  return ids?.every((id) => (id ?? "") !== "") ? [event, ...ids].join() : undefined;
}
