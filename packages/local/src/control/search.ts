import { parseChannel } from "@realtime-gateway/routing";
import { eventState } from "./event-state.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { matchesPattern } from "./name-pattern.ts";
import type { EventFlag, GatewayEvent } from "./types.ts";

/** A missing member matches every event. */
export interface EventSearch {
  /** Only events that changed after this number. */
  readonly since?: number;
  readonly limit: number;
  readonly type?: string;
  /** A part of the event's id, of its message's id, or of the id in a channel's name. */
  readonly id?: string;
  readonly channel?: string;
  readonly is?: readonly EventFlag[];
  /** In any case. */
  readonly text?: string;
  readonly minMs?: number;
}

/** The newest matching events, the newest first. */
export function searchEvents(entries: readonly JournalEntry[], search: EventSearch): readonly GatewayEvent[] {
  const found: GatewayEvent[] = [];
  for (const entry of entries.toReversed()) {
    if (found.length >= search.limit) break;
    if (!isCandidate(entry, search)) continue;
    const event = eventState(entry);
    if (matchesState(event, search)) found.push(event);
  }
  return found;
}

function isCandidate({ seq, body, reading }: JournalEntry, { since, type, text }: EventSearch): boolean {
  if (since !== undefined && seq <= since) return false;
  if (type !== undefined && !matchesPattern(type, reading.name ?? "")) return false;
  return text === undefined || `${reading.name} ${body}`.toLowerCase().includes(text.toLowerCase());
}

function matchesState(event: GatewayEvent, { id, channel, is = [], minMs }: EventSearch): boolean {
  const names = event.channels.map(({ name }) => name);
  if (channel !== undefined && !names.some((name) => matchesPattern(channel, name))) return false;
  if (id !== undefined && ![event.id ?? "", event.key, ...names.map(idIn)].some((each) => each.includes(id)))
    return false;
  if (minMs !== undefined && (event.ms ?? 0) <= minMs) return false;
  return is.every((flag) => event.flags.includes(flag));
}

function idIn(name: string): string {
  const channel = parseChannel(name)?.channel;
  return channel !== undefined && "id" in channel ? channel.id : "";
}
