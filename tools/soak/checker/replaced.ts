import type { Observations, ObservedInvocation, SentEvent } from "./observations.ts";
import type { Sightings } from "./sightings.ts";

type Sent = Observations["sent"];

/**
 * True if the invocation rightly published a newer event in this one's place: an event of the same entity that comes later in the
 * batch, is not older by its own time, and goes to all of this event's channels. No other event may be published between the two
 * on any of these channels, except the latest-wins events of other entities.
 */
export function isReplacedIn(
  invocation: ObservedInvocation,
  event: SentEvent,
  sent: Sent,
  sightings: Sightings,
): boolean {
  if (event.entity === undefined) return false;
  const isPublished = ({ marker }: SentEvent): boolean =>
    event.channels.every((channel) => sightings.acceptedDuring(invocation, marker, channel));
  return placesOf(event, invocation).some(
    (place) =>
      invocation.messages[place]?.failed === false && hasNewer(event, place, invocation, isPublished, sent, sightings),
  );
}

/**
 * True if an earlier invocation already published a newer event in this one's place, and the queue passes the event on once more:
 * a kill or a fault of the queue cost the acknowledgement. The newer event may not be in the batch. No relay can recognize that.
 */
export const isLatecomer = (event: SentEvent, at: number, sent: Sent, sightings: Sightings): boolean =>
  event.entity !== undefined &&
  sightings.invocationsOf(event.marker).some((invocation) => {
    const isPublished = ({ marker, channels }: SentEvent): boolean =>
      channels.some((channel) =>
        sightings.acceptedAt(marker, channel).some((place) => place >= invocation.fromEntry && place < at),
      );
    return (
      invocation.toEntry <= at &&
      placesOf(event, invocation).some((place) => hasNewer(event, place, invocation, isPublished, sent, sightings))
    );
  });

/** The places of the event's messages in the batch. */
const placesOf = ({ marker }: SentEvent, { messages }: ObservedInvocation): readonly number[] =>
  messages.flatMap((message, place) => (message.marker === marker ? [place] : []));

function hasNewer(
  event: SentEvent,
  place: number,
  invocation: ObservedInvocation,
  isPublished: (newer: SentEvent) => boolean,
  sent: Sent,
  sightings: Sightings,
): boolean {
  const before = new Set(invocation.messages.slice(0, place).map(({ marker }) => marker));
  for (const { marker } of invocation.messages.slice(place + 1)) {
    const later = marker === undefined ? undefined : sent.get(marker);
    if (later === undefined || later.marker === event.marker) continue;
    if (later.entity === event.entity) {
      if (!isOlder(later, event) && isPublished(later)) return true;
    } else if (
      later.entity === undefined &&
      !before.has(later.marker) &&
      isBetween(later, event, invocation, sightings)
    ) {
      return false;
    }
  }
  return false;
}

/** A copy of an earlier event need not be published again. The publications of other invocations prove nothing. */
const isBetween = (later: SentEvent, event: SentEvent, invocation: ObservedInvocation, sightings: Sightings): boolean =>
  sightings.isOwn(invocation, later.marker) &&
  later.channels.some(
    (channel) => event.channels.includes(channel) && sightings.acceptedDuring(invocation, later.marker, channel),
  );

const isOlder = (one: SentEvent, other: SentEvent): boolean =>
  one.timeMs !== undefined && other.timeMs !== undefined && one.timeMs < other.timeMs;
