import { isLatestWins } from "./expected-channels.ts";
import type { Invocation, Observations, SentEvent } from "./observations.ts";
import type { Sightings } from "./sightings.ts";

/**
 * Whether a latest-wins event was rightly left out: some invocation acknowledged it, and published a newer one of the same name
 * and channels that came later in the batch, with no other event published in between on any of these channels.
 */
export const isReplaced = (event: SentEvent, { sent }: Sent, sightings: Sightings): boolean =>
  isLatestWins(event.name) &&
  sightings.invocationsOf(event.marker).some((invocation) => isReplacedIn(event, invocation, false, sent, sightings));

/**
 * Whether a newer one had been published in the event's place already, by an invocation that then did not live to acknowledge it.
 * The queue hands it out again, perhaps in a batch without the newer one: a repetition, of which no relay can know.
 */
export const isRepetition = (event: SentEvent, place: number, { sent }: Sent, sightings: Sightings): boolean =>
  isLatestWins(event.name) &&
  sightings
    .invocationsOf(event.marker)
    .some((invocation) => invocation.toPublication <= place && isReplacedIn(event, invocation, true, sent, sightings));

type Sent = Pick<Observations, "sent">;

const isReplacedIn = (
  event: SentEvent,
  invocation: Invocation,
  hasFailed: boolean,
  sent: Observations["sent"],
  sightings: Sightings,
): boolean =>
  invocation.records.some(
    ({ marker, failed }, position) =>
      marker === event.marker && failed === hasFailed && replacedAt(event, position, invocation, sent, sightings),
  );

function replacedAt(
  event: SentEvent,
  position: number,
  invocation: Invocation,
  sent: Observations["sent"],
  sightings: Sightings,
): boolean {
  const before = new Set(invocation.records.slice(0, position).map(({ marker }) => marker));
  for (const { marker } of invocation.records.slice(position + 1)) {
    const later = marker === undefined ? undefined : sent.get(marker);
    if (later === undefined) continue;
    const heard = (channel: string) => sightings.publishedDuring(invocation, later.marker, channel);
    if (isSameEntity(event, later)) {
      if (!isOlder(later, event) && later.marker !== event.marker && later.channels.every(heard)) return true;
    } else if (
      // A copy of what came before need not be published a second time, and then stands between nothing.
      !before.has(later.marker) &&
      sightings.isOwn(invocation, later.marker) &&
      later.channels.some((channel) => event.channels.includes(channel) && heard(channel))
    ) {
      return false;
    }
  }
  return false;
}

const isSameEntity = (one: SentEvent, other: SentEvent): boolean =>
  one.name === other.name && one.channels.join() === other.channels.join();

const isOlder = (one: SentEvent, other: SentEvent): boolean =>
  one.timeMs !== undefined && other.timeMs !== undefined && one.timeMs < other.timeMs;
