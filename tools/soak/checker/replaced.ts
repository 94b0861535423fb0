import { isLatestWins } from "./expected-channels.ts";
import type { Invocation, Observations, SentEvent } from "./observations.ts";
import type { Sightings } from "./sightings.ts";

type Sent = Pick<Observations, "sent">;

/**
 * Whether a latest-wins event was rightly left out: some invocation acknowledged it, and published a newer one of the same name
 * and channels that came later in the batch, with no other event published in between on any of these channels.
 */
export const isReplaced = (event: SentEvent, { sent }: Sent, sightings: Sightings): boolean =>
  isLatestWins(event.name) &&
  sightings.invocationsOf(event.marker).some((invocation) => {
    const isHeard = ({ marker, channels }: SentEvent): boolean =>
      channels.every((channel) => sightings.publishedDuring(invocation, marker, channel));
    return placesOf(event, invocation, { failed: false }).some((place) =>
      hasStandIn(event, place, invocation, isHeard, sent, sightings),
    );
  });

/**
 * Whether a newer one had been heard in the event's stead already, by the doing of an invocation that did not get to the end of it.
 * The queue hands the event out again, perhaps in a batch without the newer one: a repetition, of which no relay can know.
 */
export const isRepetition = (
  event: SentEvent,
  { channel, at }: { readonly channel: string; readonly at: number },
  { sent }: Sent,
  sightings: Sightings,
): boolean =>
  isLatestWins(event.name) &&
  sightings.invocationsOf(event.marker).some((invocation) => {
    const isHeard = ({ marker }: SentEvent): boolean =>
      sightings.publishedAt(marker, channel).some((place) => place >= invocation.fromPublication && place < at);
    return (
      invocation.toPublication <= at &&
      placesOf(event, invocation, { failed: true }).some((place) =>
        hasStandIn(event, place, invocation, isHeard, sent, sightings),
      )
    );
  });

/** Where the event is in the batch, by what became of its record. */
const placesOf = (
  event: SentEvent,
  { records }: Invocation,
  { failed }: { readonly failed: boolean },
): readonly number[] =>
  records.flatMap((record, place) => (record.marker === event.marker && record.failed === failed ? [place] : []));

function hasStandIn(
  event: SentEvent,
  place: number,
  invocation: Invocation,
  isHeard: (standIn: SentEvent) => boolean,
  sent: Observations["sent"],
  sightings: Sightings,
): boolean {
  const before = new Set(invocation.records.slice(0, place).map(({ marker }) => marker));
  for (const { marker } of invocation.records.slice(place + 1)) {
    const later = marker === undefined ? undefined : sent.get(marker);
    if (later === undefined) continue;
    if (isSameEntity(event, later)) {
      if (later.marker !== event.marker && !isOlder(later, event) && isHeard(later)) return true;
    } else if (!before.has(later.marker) && comesBetween(later, event, invocation, sightings)) {
      return false;
    }
  }
  return false;
}

/** A copy of what came before need not be published a second time; what other invocations may have published says nothing. */
const comesBetween = (later: SentEvent, event: SentEvent, invocation: Invocation, sightings: Sightings): boolean =>
  sightings.isOwn(invocation, later.marker) &&
  later.channels.some(
    (channel) => event.channels.includes(channel) && sightings.publishedDuring(invocation, later.marker, channel),
  );

const isSameEntity = (one: SentEvent, other: SentEvent): boolean =>
  one.name === other.name && one.channels.join() === other.channels.join();

const isOlder = (one: SentEvent, other: SentEvent): boolean =>
  one.timeMs !== undefined && other.timeMs !== undefined && one.timeMs < other.timeMs;
