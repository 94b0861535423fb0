import { definitionOf, type JsonObject } from "@realtime-gateway/events";
import { type ChannelForm, guard, route } from "@realtime-gateway/routing";

/** A sent event, and the channels it has to arrive on. */
export interface Sent {
  readonly name: string;
  readonly channels: readonly string[];
  readonly bytes: number;
  readonly truncated: boolean;
  readonly sentAtMs: number;
}

/** An event that has arrived on every one of its channels. */
export interface Landed extends Sent {
  /** From send to the last of its receipts. */
  readonly tookMs: number;
}

export interface Ledger {
  /** Writes down what must arrive. */
  sent(name: string, data: JsonObject, sentAtMs: number): void;
  /** Ticks off an arrival; returns the event when it was the last of its channels. */
  received(name: string, channel: string, data: unknown, atMs: number): Landed | undefined;
  readonly expected: number;
  readonly arrived: number;
  /** Arrivals of ours that came twice, or in a dry run at all. What others publish meanwhile does not count. */
  readonly unexpected: number;
  readonly landed: readonly Landed[];
  /** Events that have landed, or need not as a newer one took their place (latest wins). */
  readonly done: number;
  readonly missing: readonly { readonly name: string; readonly channel: string }[];
}

interface Entry extends Sent {
  readonly json: string;
  readonly waitingFor: Set<string>;
  /** Channels that a newer event has spared it; on a standard queue it may come late all the same. */
  readonly sparedOf: Set<string>;
}

export interface LedgerOptions {
  readonly form: ChannelForm;
  readonly limitBytes: number;
  /** Nothing may arrive. */
  readonly dryRun: boolean;
}

/** What was sent against what arrived. The routing table and the guard say what to expect. */
export function createLedger({ form, limitBytes, dryRun }: LedgerOptions): Ledger {
  const entries: Entry[] = [];
  const landed: Landed[] = [];
  let expected = 0;
  let arrived = 0;
  let unexpected = 0;
  let replaced = 0;

  /** Within one batch the relay publishes only the newest of several latest-wins events. */
  function replaceOlder(newest: Entry): void {
    if (!definitionOf(newest.name)?.latestWins) return;
    const channels = newest.channels.join();
    for (const entry of entries) {
      if (entry === newest) return;
      const untouched = entry.waitingFor.size > 0 && entry.waitingFor.size === entry.channels.length;
      if (!untouched || entry.name !== newest.name || entry.channels.join() !== channels) continue;
      expected -= entry.waitingFor.size;
      for (const channel of entry.waitingFor) entry.sparedOf.add(channel);
      entry.waitingFor.clear();
      replaced += 1;
    }
  }

  return {
    sent(name, data, sentAtMs) {
      const { channels, idFields } = valid(route({ name, data }, form));
      const { json, bytes, truncated } = valid(
        guard({ data, json: JSON.stringify(data) }, { form, limitBytes, idFields }),
      );
      const waitingFor = new Set(dryRun ? [] : channels);
      expected += waitingFor.size;
      entries.push({ name, channels, bytes, truncated, sentAtMs, json, waitingFor, sparedOf: new Set() });
    },
    received(name, channel, data, atMs) {
      const json = JSON.stringify(data);
      const ours = entries.filter(
        (entry) => entry.name === name && entry.json === json && entry.channels.includes(channel),
      );
      const match = ours.find(({ waitingFor }) => waitingFor.has(channel));
      if (match === undefined) {
        if (ours.some(({ sparedOf }) => sparedOf.delete(channel))) {
          expected += 1;
          arrived += 1;
        } else if (ours.length > 0) unexpected += 1;
        return undefined;
      }
      arrived += 1;
      match.waitingFor.delete(channel);
      if (match.waitingFor.size > 0) return undefined;
      const { channels, bytes, truncated, sentAtMs } = match;
      const event = { name, channels, bytes, truncated, sentAtMs, tookMs: atMs - sentAtMs };
      landed.push(event);
      replaceOlder(match);
      return event;
    },
    get expected() {
      return expected;
    },
    get arrived() {
      return arrived;
    },
    get unexpected() {
      return unexpected;
    },
    landed,
    get done() {
      return landed.length + replaced;
    },
    get missing() {
      return entries.flatMap(({ name, waitingFor }) => [...waitingFor].map((channel) => ({ name, channel })));
    },
  };
}

/** The scenario holds valid events only: anything else is a bug here. */
function valid<T>(result: { ok: true; value: T } | { ok: false; detail: string }): T {
  if (!result.ok) throw new Error(`the demo's own event is invalid: ${result.detail}`);
  return result.value;
}
