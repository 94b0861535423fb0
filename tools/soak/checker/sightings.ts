import type { Invocation, Observations } from "./observations.ts";

/** Where and when events were seen, by marker. */
export interface Sightings {
  /** Places of the publications of an event on a channel, in order. */
  publishedAt(marker: number, channel: string): readonly number[];
  /** Whether the event was accepted for the channel while the invocation ran. */
  publishedDuring(invocation: Invocation, marker: number, channel: string): boolean;
  invocationsOf(marker: number): readonly Invocation[];
  /**
   * Whether only this invocation can have published the event while it ran. A call that was given up may take effect late: the queue keeps
   * a message back for long enough, but a copy is another message, and may be in the next invocation's hands by then.
   */
  isOwn(invocation: Invocation, marker: number): boolean;
}

const NONE: readonly never[] = [];

export function sightingsOf({ sent, publications, invocations }: Observations): Sightings {
  const places = new Map<number, Map<string, number[]>>();
  for (const [place, { marker, channel }] of publications.entries()) {
    if (marker === undefined) continue;
    const byChannel = entry(places, marker, () => new Map<string, number[]>());
    entry(byChannel, channel, () => []).push(place);
  }
  const handledBy = new Map<number, Set<Invocation>>();
  for (const invocation of invocations)
    for (const { marker } of invocation.records)
      if (marker !== undefined) entry(handledBy, marker, () => new Set<Invocation>()).add(invocation);

  const publishedAt = (marker: number, channel: string) => places.get(marker)?.get(channel) ?? NONE;
  const invocationsOf = (marker: number) => [...(handledBy.get(marker) ?? NONE)];
  return {
    publishedAt,
    invocationsOf,
    publishedDuring: ({ fromPublication, toPublication }, marker, channel) =>
      publishedAt(marker, channel).some((place) => place >= fromPublication && place < toPublication),
    isOwn(invocation, marker) {
      const others = invocationsOf(marker).filter((other) => other !== invocation);
      const event = sent.get(marker);
      const isCopied = event?.firstAt !== event?.lastAt;
      return !others.some((other) => isCopied || overlap(invocation, other));
    },
  };
}

const overlap = (one: Invocation, other: Invocation): boolean =>
  one.fromPublication < other.toPublication && other.fromPublication < one.toPublication;

export function entry<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
