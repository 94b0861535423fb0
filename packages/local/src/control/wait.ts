import { isDeepStrictEqual } from "node:util";
import { statusOf } from "./event-state.ts";
import type { Journal } from "./journal.ts";
import type { ChannelPublication, JournalEntry } from "./journal-entry.ts";
import { matchesPattern } from "./name-pattern.ts";
import type { Arrival, ArrivalMatch, ArrivalOptions } from "./types.ts";

export const DEFAULT_WAIT_MS = 2_000;

interface Found {
  readonly entry: JournalEntry;
  readonly publication: ChannelPublication;
}

/**
 * The first event that matches, also one from before the call. It resolves once the relay has answered for the event too, so
 * that an explanation has the result, but not after the timeout. Resolves with `undefined` if nothing matches until then.
 */
export async function waitForArrival(
  journal: Journal,
  match: ArrivalMatch,
  { timeoutMs = DEFAULT_WAIT_MS, signal }: ArrivalOptions = {},
): Promise<Arrival | undefined> {
  let found = earlierArrival(journal, match);
  const arrived = Promise.withResolvers<Arrival | undefined>();
  const end = (): void => arrived.resolve(found && arrivalOf(found.entry, found.publication));
  const endOnceAnswered = (entry: JournalEntry): void => {
    if (entry === found?.entry && statusOf(entry) !== "waiting") end();
  };
  if (found !== undefined) endOnceAnswered(found.entry);
  const stop = journal.listen({
    published(entry, publication) {
      if (found === undefined && matchesArrival(entry, publication, match)) found = { entry, publication };
      endOnceAnswered(entry);
    },
    changed: endOnceAnswered,
    forgotten(entry) {
      if (entry === found?.entry) end();
    },
    cleared() {
      if (found !== undefined) end();
    },
  });
  const timer = setTimeout(end, timeoutMs);
  const abort = (): void => arrived.reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  try {
    return await arrived.promise;
  } finally {
    stop();
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function earlierArrival(journal: Journal, match: ArrivalMatch): Found | undefined {
  for (const entry of journal.entries)
    for (const publication of entry.publications)
      if (matchesArrival(entry, publication, match)) return { entry, publication };
  return undefined;
}

/** True if the event has the name and the id of the match. Its channel and its payload may differ. */
export const isAboutEvent = ({ key, reading }: JournalEntry, { event, id }: ArrivalMatch): boolean =>
  (event === undefined || matchesPattern(event, reading.name ?? "")) &&
  (id === undefined || id === key || id === reading.id);

function matchesArrival(entry: JournalEntry, publication: ChannelPublication, match: ArrivalMatch): boolean {
  const { channel, truncated, minSubscribers, data } = match;
  return (
    isAboutEvent(entry, match) &&
    (channel === undefined || channel === publication.channel) &&
    (truncated === undefined || truncated === isTruncated(entry)) &&
    (minSubscribers === undefined || (publication.subscribers ?? 0) >= minSubscribers) &&
    differingMembers(publishedData(entry), data).length === 0
  );
}

export const isTruncated = ({ reading }: JournalEntry): boolean => reading.truncatedFromBytes !== undefined;

/** The names of the expected members that the payload does not have, or has with another value. */
export function differingMembers(data: unknown, expected: ArrivalMatch["data"] = {}): readonly string[] {
  const members = new Map(Object.entries(Object(data)));
  return Object.entries(expected).flatMap(([name, value]) =>
    isDeepStrictEqual(members.get(name), value) ? [] : [name],
  );
}

/** The payload as browsers get it. A function without the queue may publish any text. */
export function publishedData({ reading, body }: JournalEntry): unknown {
  const text = reading.published ?? body;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function arrivalOf(entry: JournalEntry, { channel, subscribers, atMs }: ChannelPublication): Arrival {
  const { from, key, reading } = entry;
  return {
    event: reading.name ?? "",
    channel,
    ...(reading.id !== undefined && { id: reading.id }),
    ...(from === "queue" && { messageId: key }),
    data: publishedData(entry),
    truncated: isTruncated(entry),
    ...(subscribers !== undefined && { subscribers }),
    publishedAtMs: atMs,
  };
}
