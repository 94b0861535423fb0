import { type Observations, type ObservedDeadLetter, type ObservedInvocation, receiveKey } from "./observations.ts";

/** Indexes over the observations of a run. */
export interface Sightings {
  /** Places of the acceptances of an event on a channel, in order. */
  acceptedAt(marker: number, channel: string): readonly number[];
  /** True if Pusher accepted the event for the channel while the invocation ran. */
  acceptedDuring(invocation: ObservedInvocation, marker: number, channel: string): boolean;
  invocationsOf(marker: number): readonly ObservedInvocation[];
  /**
   * True if no other invocation can have published the event while this one ran. The queue gives a message to one invocation at a
   * time. A second message with the event may be in another one, whose calls may take effect late.
   */
  isOwn(invocation: ObservedInvocation, marker: number): boolean;
  deadLettersOf(marker: number): readonly ObservedDeadLetter[];
  /** Dead letters by the receive that their reason names. */
  deadLettersAt(messageId: string, receiveCount: number): readonly ObservedDeadLetter[];
}

const NONE: readonly never[] = [];

export function sightingsOf({ sent, accepted, invocations, deadLetters }: Observations): Sightings {
  const places = new Map<number, Map<string, number[]>>();
  for (const [place, { marker, channel }] of accepted.entries()) {
    if (marker === undefined) continue;
    const byChannel = entry(places, marker, () => new Map<string, number[]>());
    entry(byChannel, channel, () => []).push(place);
  }
  const handledBy = new Map<number, Set<ObservedInvocation>>();
  for (const invocation of invocations)
    for (const { marker } of invocation.messages)
      if (marker !== undefined) entry(handledBy, marker, () => new Set<ObservedInvocation>()).add(invocation);
  const byMarker = new Map<number, ObservedDeadLetter[]>();
  const byReceive = new Map<string, ObservedDeadLetter[]>();
  for (const deadLetter of deadLetters) {
    const { marker, messageId, receiveCount } = deadLetter;
    if (marker !== undefined) entry(byMarker, marker, () => []).push(deadLetter);
    entry(byReceive, receiveKey(messageId, receiveCount), () => []).push(deadLetter);
  }

  const acceptedAt = (marker: number, channel: string) => places.get(marker)?.get(channel) ?? NONE;
  const invocationsOf = (marker: number) => [...(handledBy.get(marker) ?? NONE)];
  return {
    acceptedAt,
    invocationsOf,
    acceptedDuring: ({ fromEntry, toEntry }, marker, channel) =>
      acceptedAt(marker, channel).some((place) => place >= fromEntry && place < toEntry),
    isOwn(invocation, marker) {
      if (handledBy.get(marker)?.has(invocation) !== true) return false;
      const isCopied = (sent.get(marker)?.messages ?? 0) > 1;
      return !invocationsOf(marker).some((other) => other !== invocation && (isCopied || overlap(invocation, other)));
    },
    deadLettersOf: (marker) => byMarker.get(marker) ?? NONE,
    deadLettersAt: (messageId, receiveCount) => byReceive.get(receiveKey(messageId, receiveCount)) ?? NONE,
  };
}

const overlap = (one: ObservedInvocation, other: ObservedInvocation): boolean =>
  one.fromEntry < other.toEntry && other.fromEntry < one.toEntry;

export function entry<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
