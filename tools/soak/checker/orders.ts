import { describe } from "./accounts.ts";
import type { Invocation, Law, Observations, SentEvent, Violation } from "./observations.ts";
import { isRepetition } from "./replaced.ts";
import { entry, type Sightings } from "./sightings.ts";

/** An event where it was first seen, and the places that the order gives it: of its first copy and of its last. */
interface Seen {
  readonly event: SentEvent;
  readonly from: number;
  readonly to: number;
}

type Orderly = (marker: number | undefined) => SentEvent | undefined;

/** L2: on a FIFO queue, what an earlier message of the group had to say is heard before. */
export function groupOrder(observations: Observations, sightings: Sightings): Violation[] {
  const groups = new Map<string, Seen[]>();
  const orderly = withoutLetters(observations);
  for (const [at, { marker, channel }] of observations.publications.entries()) {
    const event = orderly(marker);
    if (event?.group === undefined || sightings.publishedAt(event.marker, channel)[0] !== at) continue;
    if (isRepetition(event, { channel, at }, observations, sightings)) continue;
    if (observations.refusals && wasCutShort(event, at, sightings)) continue;
    entry(groups, event.group, () => []).push({ event, from: event.firstAt, to: event.lastAt });
  }
  return [...groups].flatMap(([group, seen]) => disorder("L2", seen, `in group ${group}`));
}

/**
 * Whether an invocation was killed with the event in hand. It may have been refused, and the kill have come before its burial. Pusher would
 * refuse such content again; a fault plan, which does not look at it, lets it pass the next time, behind what had followed it.
 */
const wasCutShort = ({ marker }: SentEvent, at: number, sightings: Sightings): boolean =>
  sightings.invocationsOf(marker).some(({ end, toPublication }) => end === "killed" && toPublication <= at);

/** L3: by invocation and channel; first deliveries only, as a retry repeats what may have been heard. */
export function channelOrder(observations: Observations, sightings: Sightings): Violation[] {
  const orderly = withoutLetters(observations);
  return observations.invocations.flatMap((invocation, number) =>
    [...seenDuring(invocation, observations.publications, orderly, sightings)].flatMap(([channel, seen]) =>
      disorder("L3", seen, `on ${channel}, in invocation ${number}`),
    ),
  );
}

function seenDuring(
  invocation: Invocation,
  publications: Observations["publications"],
  orderly: Orderly,
  sightings: Sightings,
) {
  const places = placesOf(invocation);
  const once = new Set<string>();
  const channels = new Map<string, Seen[]>();
  const { fromPublication, toPublication } = invocation;
  for (const { marker, channel } of publications.slice(fromPublication, toPublication)) {
    const event = orderly(marker);
    const place = event && places.get(event.marker);
    if (!event || !place || once.has(`${marker} ${channel}`) || !sightings.isOwn(invocation, event.marker)) continue;
    once.add(`${marker} ${channel}`);
    entry(channels, channel, () => []).push({ event, ...place });
  }
  return channels;
}

function placesOf({ records }: Invocation): ReadonlyMap<number, { readonly from: number; readonly to: number }> {
  const places = new Map<number, { from: number; to: number }>();
  for (const [position, { marker }] of records.entries())
    if (marker !== undefined) entry(places, marker, () => ({ from: position, to: position })).to = position;
  return places;
}

/** What was refused has no place in the order: a call given up for lost may have it heard when it has been buried. */
function withoutLetters({ sent, letters }: Observations): Orderly {
  const buried = new Set(letters.map(({ marker }) => marker));
  return (marker) => (marker === undefined || buried.has(marker) ? undefined : sent.get(marker));
}

function disorder(law: Law, seen: readonly Seen[], where: string): Violation[] {
  const violations: Violation[] = [];
  let furthest: Seen | undefined;
  for (const one of seen) {
    if (furthest && one.to < furthest.from)
      violations.push({ law, detail: `${describe(furthest.event)} came before ${describe(one.event)}, ${where}` });
    if (!furthest || one.from > furthest.from) furthest = one;
  }
  return violations;
}
