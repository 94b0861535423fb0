import type { JsonObject } from "@realtime-gateway/events";
import { type ChannelForm, guard, route } from "@realtime-gateway/routing";
import { entityOf } from "./entity.ts";

/** A sent event, and the channels it has to arrive on. */
export interface Sent {
  readonly name: string;
  readonly channels: readonly string[];
  readonly bytes: number;
  readonly truncated: boolean;
  readonly sentAtMs: number;
  /** The text of its message. */
  readonly body: string;
}

/** An event that has arrived on every one of its channels. */
export interface Landed extends Sent {
  /** From send to the last of its channels' first receipts. */
  readonly tookMs: number;
}

/**
 * Each sent event has exactly one:
 * - `published`: it arrived on each of its channels, at least once;
 * - `replaced`: it arrived nowhere, and a newer event of the same entity was published;
 * - `withheld`: a dry run publishes nothing;
 * - `missing`: it has none of these.
 */
export type Fate = "published" | "replaced" | "withheld" | "missing";

export interface Ledger {
  /** Writes down what must arrive. */
  sent(name: string, data: JsonObject, sentAtMs: number, body?: string): void;
  /** Ticks off an arrival; returns the event when it was the last of its channels. */
  received(name: string, channel: string, data: unknown, atMs: number): Landed | undefined;
  /** The sent events of a fate, in the order of sending. Only `published` is final: an event may be late. */
  eventsWith(fate: Fate): readonly Sent[];
  /** Channels of the events that are published or missing, each counted. */
  readonly expected: number;
  readonly arrived: number;
  /** Further arrivals on the same channel: delivery is at least once. */
  readonly duplicates: number;
  /** Arrivals on a channel that is not the event's, or in a dry run at all. What others publish meanwhile does not count. */
  readonly unexpected: number;
  readonly landed: readonly Landed[];
  readonly missing: readonly { readonly name: string; readonly channel: string }[];
}

interface Entry extends Sent {
  readonly json: string;
  readonly entity: string | undefined;
  readonly arrivedOn: Set<string>;
}

export interface LedgerOptions {
  readonly form: ChannelForm;
  readonly limitBytes: number;
  /** Nothing may arrive. */
  readonly dryRun: boolean;
}

/** Compares the events that were sent with those that arrived. Routing and guard decide which ones to expect. */
export function createLedger({ form, limitBytes, dryRun }: LedgerOptions): Ledger {
  const entries: Entry[] = [];
  const landed: Landed[] = [];
  let arrived = 0;
  let duplicates = 0;
  let unexpected = 0;

  const find = (name: string, json: string): Entry | undefined =>
    entries.find((entry) => entry.name === name && entry.json === json);

  function fateOf(entry: Entry, position: number): Fate {
    if (dryRun) return "withheld";
    if (isPublished(entry)) return "published";
    const isNewer = ({ entity }: Entry): boolean => entity !== undefined && entity === entry.entity;
    const replaced = entries.slice(position + 1).some((newer) => isNewer(newer) && isPublished(newer));
    return replaced && entry.arrivedOn.size === 0 ? "replaced" : "missing";
  }
  const entriesWith = (fate: Fate): readonly Entry[] =>
    entries.filter((entry, position) => fateOf(entry, position) === fate);
  const missing = () =>
    entriesWith("missing").flatMap(({ name, channels, arrivedOn }) =>
      channels.filter((channel) => !arrivedOn.has(channel)).map((channel) => ({ name, channel })),
    );

  return {
    sent(name, data, sentAtMs, body = "") {
      const payload = { data, json: JSON.stringify(data) };
      const { channels, idFields } = valid(route({ name, ...payload }, form));
      const { json, bytes, truncated } = valid(guard(payload, { form, limitBytes, idFields }));
      if (find(name, json))
        throw new Error(`the demo sends the same ${name} twice, so the ledger cannot distinguish them`);
      const entity = entityOf(name, data);
      entries.push({ name, channels, bytes, truncated, sentAtMs, body, json, entity, arrivedOn: new Set() });
    },
    received(name, channel, data, atMs) {
      const entry = find(name, JSON.stringify(data));
      if (entry === undefined) return undefined;
      const { channels, bytes, truncated, sentAtMs, body, arrivedOn } = entry;
      const isExpected = channels.includes(channel) && !dryRun;
      if (!isExpected) unexpected += 1;
      else if (arrivedOn.has(channel)) duplicates += 1;
      if (!isExpected || arrivedOn.has(channel)) return undefined;
      arrived += 1;
      arrivedOn.add(channel);
      if (!isPublished(entry)) return undefined;
      const event = { name, channels, bytes, truncated, sentAtMs, body, tookMs: atMs - sentAtMs };
      landed.push(event);
      return event;
    },
    eventsWith: entriesWith,
    get expected() {
      return arrived + missing().length;
    },
    get arrived() {
      return arrived;
    },
    get duplicates() {
      return duplicates;
    },
    get unexpected() {
      return unexpected;
    },
    landed,
    get missing() {
      return missing();
    },
  };
}

const isPublished = ({ channels, arrivedOn }: Entry): boolean => arrivedOn.size === channels.length;

/** The scenario holds valid events only: anything else is a bug here. */
function valid<T>(result: { ok: true; value: T } | { ok: false; detail: string }): T {
  if (!result.ok) throw new Error(`the demo's own event is invalid: ${result.detail}`);
  return result.value;
}
