import { LATEST_WINS } from "./events.ts";
import type { Meta } from "./types.ts";

/** Events that the client remembers per channel, to drop duplicates. */
const MAX_REMEMBERED = 500;

export interface Delivery {
  readonly data: unknown;
  readonly meta: Meta;
}

/**
 * A payload with the stamp of `REALTIME_STAMP=1`. The gateway made it, so its members are not checked. An envelope without an id or a
 * time leaves that member out.
 */
interface Stamped {
  readonly _realtime?: { readonly id?: string; readonly time?: string };
  readonly [field: string]: unknown;
}

/** Reads the stamp of each event of one channel, and drops duplicates and latest-wins events that are older than the last one. */
export function createDelivery(channel: string): (event: string, received: unknown) => Delivery | undefined {
  const seen = new Set<string>();
  const newest = new Map<string, number>();

  const isDuplicate = (id?: string): boolean => {
    if (!id) return false;
    if (seen.has(id)) return true;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > MAX_REMEMBERED && oldest) seen.delete(oldest);
    return false;
  };

  const isOlder = (entity: string | undefined, ms: number): boolean => {
    if (!entity || Number.isNaN(ms)) return false;
    if (ms < (newest.get(entity) ?? ms)) return true;
    newest.set(entity, ms);
    return false;
  };

  return (event, received) => {
    const meta = { event, channel, receivedAt: Date.now() };
    const { _realtime: stamp, ...data }: Stamped = Object(received);
    if (!stamp) return { data: received, meta };
    if (isDuplicate(stamp.id) || isOlder(entityOf(event, data), Date.parse(stamp.time ?? ""))) return undefined;
    return { data, meta: { ...meta, ...stamp } };
  };
}

/** A key of what a latest-wins event is about. `undefined` for other events, and for an event without the entity's id. */
function entityOf(event: string, data: Stamped): string | undefined {
  for (const choice of LATEST_WINS[event] ?? []) {
    const ids = choice.map((spellings) => spellings.map((field) => data[field]).find((id) => id != null && id !== ""));
    if (!ids.includes(undefined)) return [event, choice, ids].join();
  }
  return undefined;
}
