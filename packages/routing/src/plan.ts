import { lanesOf } from "./lanes.ts";
import type { Entry, Message } from "./message.ts";

/** Pusher takes at most ten events in a call (HTTP API reference). */
export const MAX_BATCH_EVENTS = 10;

/** An entry that remembers which message it came from, by its position, and which lane it keeps its order in. */
export interface PlannedEntry extends Entry {
  readonly message: number;
  readonly lane: number;
}

/**
 * One to ten entries for one call to Pusher. Calls that share a lane must be made one after another, in the plan's order; all
 * others may run in parallel.
 */
export type Call = readonly PlannedEntry[];

/**
 * Fourth verb: as few calls as there can be, a tenth of the entries rounded up. Long lanes make calls of their own; short
 * lanes and the rests of long ones share calls, and are split between two only where the calls would not be full otherwise.
 */
export function plan(messages: readonly Message[]): readonly Call[] {
  const lanes = laneEntries(messages);
  const total = lanes.reduce((sum, entries) => sum + entries.length, 0);
  const calls: Call[] = [];
  const rests: Call[] = [];
  for (const entries of lanes) {
    const full = entries.length - (entries.length % MAX_BATCH_EVENTS);
    for (let at = 0; at < full; at += MAX_BATCH_EVENTS) calls.push(entries.slice(at, at + MAX_BATCH_EVENTS));
    if (full < entries.length) rests.push(entries.slice(full));
  }
  const spare = Math.ceil(total / MAX_BATCH_EVENTS) * MAX_BATCH_EVENTS - total;
  return [...calls, ...pack(rests, spare)];
}

function laneEntries(messages: readonly Message[]): readonly PlannedEntry[][] {
  const lanes = new Map<number, PlannedEntry[]>();
  const laneOf = lanesOf(messages);
  for (const [message, { name, channels, json }] of messages.entries()) {
    const lane = laneOf[message] ?? message;
    const entries = lanes.get(lane) ?? [];
    for (const channel of channels) entries.push({ channel, name, data: json, message, lane });
    lanes.set(lane, entries);
  }
  return [...lanes.values()];
}

/**
 * Fills calls with rests of one to nine entries, the largest that fits first. Where none fits, the place is left empty as long as
 * some is to spare; then the smallest rest is split, and its second half goes into a later call.
 */
function pack(rests: readonly Call[], spare: number): readonly Call[] {
  const bySize: Call[][] = Array.from({ length: MAX_BATCH_EVENTS }, () => []);
  // Taken from the end: the first messages go first.
  for (const rest of rests.toReversed()) bySize[rest.length]?.push(rest);
  const calls: Call[] = [];
  let left = rests.length;
  let toSpare = spare;
  while (left > 0) {
    const call: PlannedEntry[] = [];
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

function takeLargest(bySize: readonly Call[][], room: number): Call | undefined {
  for (let size = Math.min(room, MAX_BATCH_EVENTS - 1); size > 0; size -= 1) {
    const rest = bySize[size]?.pop();
    if (rest !== undefined) return rest;
  }
  return undefined;
}

/** Called only while something is left. */
const takeSmallest = (bySize: readonly Call[][]): Call => bySize.find((rests) => rests.length > 0)?.pop() ?? [];
