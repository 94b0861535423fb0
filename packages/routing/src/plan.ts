import { type Entry, type Message, orderKeys } from "./message.ts";

/** Pusher takes at most ten events in one call (HTTP API reference). */
export const MAX_BATCH_EVENTS = 10;

/** An entry with the message that it belongs to, and the lane that it keeps its order in. */
export interface PlannedEntry<M> extends Entry {
  readonly message: M;
  /** One message of the lane, as its name. */
  readonly lane: M;
}

/**
 * One to ten entries for one call to Pusher. Calls that share a lane must run one after another, in the plan's order. All
 * others may run in parallel.
 */
export type Call<M> = readonly PlannedEntry<M>[];

/**
 * Puts all entries into as few calls as possible: a tenth of the entries, rounded up. Long lanes fill calls of their own.
 * Short lanes and the rests of long ones share calls. A rest is split between two calls only to keep the number of calls: a
 * backlog of 100 audits with three two-channel events each takes 60 calls, and 100 calls without the split.
 */
export function plan<M extends Message>(messages: readonly M[]): readonly Call<M>[] {
  const lanes = laneEntries(messages);
  const total = lanes.reduce((sum, entries) => sum + entries.length, 0);
  const calls: Call<M>[] = [];
  const rests: Call<M>[] = [];
  for (const entries of lanes) {
    const full = entries.length - (entries.length % MAX_BATCH_EVENTS);
    for (let at = 0; at < full; at += MAX_BATCH_EVENTS) calls.push(entries.slice(at, at + MAX_BATCH_EVENTS));
    if (full < entries.length) rests.push(entries.slice(full));
  }
  const spare = Math.ceil(total / MAX_BATCH_EVENTS) * MAX_BATCH_EVENTS - total;
  return [...calls, ...pack(rests, spare)];
}

function laneEntries<M extends Message>(messages: readonly M[]): readonly PlannedEntry<M>[][] {
  const lanes = new Map<M, PlannedEntry<M>[]>();
  const laneOf = lanesOf(messages);
  for (const message of messages) {
    const lane = laneOf(message);
    let entries = lanes.get(lane);
    if (entries === undefined) {
      entries = [];
      lanes.set(lane, entries);
    }
    for (const channel of message.channels)
      entries.push({ channel, name: message.name, data: message.json, message, lane });
  }
  return [...lanes.values()];
}

/**
 * The lane of each message. Messages share a lane if they share a channel or a group, directly or through other messages.
 * The messages of a lane keep their order. One message of each lane serves as the lane's name.
 */
function lanesOf<M extends Message>(messages: readonly M[]): (message: M) => M {
  const parents = new Map<M, M>();
  const lastOn = new Map<string, M>();
  for (const message of messages) {
    for (const key of orderKeys(message)) {
      const last = lastOn.get(key);
      if (last !== undefined && last !== message) join(parents, last, message);
      lastOn.set(key, message);
    }
  }
  return (message) => root(parents, message);
}

function join<M>(parents: Map<M, M>, a: M, b: M): void {
  const [rootOfA, rootOfB] = [root(parents, a), root(parents, b)];
  if (rootOfA !== rootOfB) parents.set(rootOfA, rootOfB);
}

/** Halves the path to the root on its way, so that later searches are short. */
function root<M>(parents: Map<M, M>, message: M): M {
  let at = message;
  for (;;) {
    const parent = parents.get(at);
    if (parent === undefined) return at;
    const grandparent = parents.get(parent);
    if (grandparent === undefined) return parent;
    parents.set(at, grandparent);
    at = grandparent;
  }
}

/**
 * Fills calls with rests of one to nine entries. The largest rest that fits goes first. If none fits, the call keeps empty
 * places as long as there are places to spare. After that the smallest rest is split, and its second half goes into a later call.
 */
function pack<M>(rests: readonly Call<M>[], spare: number): readonly Call<M>[] {
  const bySize: Call<M>[][] = Array.from({ length: MAX_BATCH_EVENTS }, () => []);
  // Rests are taken from the end of each list, so the reversed order publishes the first messages first.
  for (const rest of rests.toReversed()) bySize[rest.length]?.push(rest);
  const calls: Call<M>[] = [];
  let left = rests.length;
  let toSpare = spare;
  while (left > 0) {
    const call: PlannedEntry<M>[] = [];
    while (call.length < MAX_BATCH_EVENTS && left > 0) {
      const room = MAX_BATCH_EVENTS - call.length;
      const fitting = takeLargest(bySize, room);
      if (fitting !== undefined) {
        call.push(...fitting);
        left -= 1;
      } else if (room <= toSpare) {
        toSpare -= room;
        break;
      } else {
        const split = takeSmallest(bySize);
        call.push(...split.slice(0, room));
        bySize[split.length - room]?.push(split.slice(room));
      }
    }
    calls.push(call);
  }
  return calls;
}

function takeLargest<M>(bySize: readonly Call<M>[][], room: number): Call<M> | undefined {
  for (let size = Math.min(room, MAX_BATCH_EVENTS - 1); size > 0; size -= 1) {
    const rest = bySize[size]?.pop();
    if (rest !== undefined) return rest;
  }
  return undefined;
}

/** The caller makes sure that a rest is left. */
const takeSmallest = <M>(bySize: readonly Call<M>[][]): Call<M> =>
  bySize.find((rests) => rests.length > 0)?.pop() ?? [];
