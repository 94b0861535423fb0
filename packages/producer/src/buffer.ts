import { entityOf } from "@realtime-gateway/events";
import type { BufferOptions, FlushResult, SupersededEvent } from "./buffer-types.ts";
import type { CloudEvent } from "./cloud-event.ts";
import { positive } from "./positive.ts";
import type { SendFailure } from "./producer-error.ts";
import { safely } from "./safely.ts";
import type { SentMany } from "./sent.ts";

export interface BufferDeps {
  readonly sendMany: (events: readonly CloudEvent[]) => Promise<SentMany>;
  readonly warn: (event: CloudEvent, failure: SendFailure) => void;
}

/** A buffer of events that are valid already. */
export interface EventQueue {
  add(event: CloudEvent): Promise<void>;
  /** Failures that no one asks for are warnings. */
  flush(isAskedFor: boolean): Promise<FlushResult>;
  close(isAskedFor: boolean): Promise<FlushResult>;
  readonly isClosed: boolean;
}

const DEFAULT_MAX_EVENTS = 1000;
const DEFAULT_MAX_WAIT_MS = 50;

export function createEventQueue(options: BufferOptions, deps: BufferDeps): EventQueue {
  const { maxWaitMs = DEFAULT_MAX_WAIT_MS, onResult } = options;
  const maxEvents = positive("maxEvents", options.maxEvents ?? DEFAULT_MAX_EVENTS);
  const pending = createPendingEvents();
  /** Callers of `add` that wait for room, in their order. Their events are pending already, so none overtakes another. */
  const waitingForRoom: (() => void)[] = [];
  let onTheirWay = 0;
  let timer: NodeJS.Timeout | undefined;
  /** It never rejects: a failure of one flush must not stop the next ones. */
  let lastFlush: Promise<FlushResult> = Promise.resolve(NOTHING);
  let closing: Promise<FlushResult> | undefined;

  const unsent = (): number => pending.size() + onTheirWay;

  function letCallersGoOn(): void {
    while (waitingForRoom.length > 0 && unsent() - waitingForRoom.length < maxEvents) waitingForRoom.shift()?.();
  }

  /** One flush follows the other: of two events of an entity, the newer one could overtake. */
  function flush(isAskedFor: boolean): Promise<FlushResult> {
    clearTimeout(timer);
    timer = undefined;
    const flushed = lastFlush.then(() => sendPending(isAskedFor));
    lastFlush = flushed.catch(() => NOTHING);
    return flushed;
  }

  async function sendPending(isAskedFor: boolean): Promise<FlushResult> {
    const { events, superseded } = pending.takeAll();
    if (events.length === 0 && superseded.length === 0) return NOTHING;
    onTheirWay = events.length;
    const { sent, failed } = await deps.sendMany(events);
    onTheirWay = 0;
    const result = {
      sent: sent.map(({ index: _, ...event }) => event),
      failed: failed.map(({ index, id = "", ...failure }) => ({ ...failure, id, event: events[index]?.type ?? "" })),
      superseded,
    };
    letCallersGoOn();
    for (const failure of onResult === undefined && !isAskedFor ? failed : []) {
      const event = events[failure.index];
      if (event !== undefined) safely(() => deps.warn(event, failure));
    }
    safely(() => onResult?.(result));
    return result;
  }

  return {
    get isClosed() {
      return closing !== undefined;
    },
    async add(event) {
      const hasRoom = unsent() < maxEvents;
      const isNew = pending.put(event);
      if (!isNew) return;
      if (unsent() >= maxEvents) void flush(false);
      else timer ??= setTimeout(() => void flush(false), maxWaitMs);
      if (!hasRoom) await new Promise<void>((resolve) => waitingForRoom.push(resolve));
    },
    flush,
    close(isAskedFor) {
      closing ??= flush(isAskedFor);
      return closing;
    },
  };
}

const NOTHING: FlushResult = { sent: [], failed: [], superseded: [] };

/** Events in their order. A newer latest-wins event takes the place of the older one of its entity, at the end. */
function createPendingEvents() {
  let events = new Map<string, CloudEvent>();
  let superseded: SupersededEvent[] = [];
  /** Entity → the id of its pending event. */
  const latest = new Map<string, string>();
  return {
    size: () => events.size,
    /** Returns false if the event replaced an older one. */
    put(event: CloudEvent): boolean {
      const entity = latestWinsEntity(event);
      const olderId = entity === undefined ? undefined : latest.get(entity);
      const older = olderId === undefined ? undefined : events.get(olderId);
      if (older !== undefined) {
        events.delete(older.id);
        superseded.push({ id: older.id, event: older.type, by: event.id });
      }
      events.set(event.id, event);
      if (entity !== undefined) latest.set(entity, event.id);
      return older === undefined;
    },
    takeAll() {
      const taken = { events: [...events.values()], superseded };
      events = new Map();
      superseded = [];
      latest.clear();
      return taken;
    },
  };
}

function latestWinsEntity({ type, data }: CloudEvent): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  return entityOf({ name: type, data: { ...data }, json: JSON.stringify(data) });
}
