import {
  describe,
  type Observations,
  type ObservedInvocation,
  type SentEvent,
  type SoakLaw,
  type Violation,
} from "./observations.ts";
import { isLatecomer } from "./replaced.ts";
import { entry, type Sightings } from "./sightings.ts";

/** An event's first publication, and its places in the required order: of its first message and of its last. */
interface Seen {
  readonly event: SentEvent;
  readonly from: number;
  readonly to: number;
}

type FindOrdered = (marker: number | undefined) => SentEvent | undefined;

/** L2 on a FIFO queue: the events of a group are first published in the order of sending. */
export function groupOrder(observations: Observations, sightings: Sightings): Violation[] {
  const groups = new Map<string, Seen[]>();
  const ordered = withoutDeadLetters(observations);
  for (const [at, { marker, channel }] of observations.accepted.entries()) {
    const event = ordered(marker);
    if (event?.group === undefined || sightings.acceptedAt(event.marker, channel)[0] !== at) continue;
    if (isLatecomer(event, at, observations.sent, sightings)) continue;
    entry(groups, event.group, () => []).push({ event, from: event.firstAt, to: event.lastAt });
  }
  return [...groups].flatMap(([group, seen]) => disorder("L2", seen, `in group ${group}`));
}

/** L2 on a FIFO queue: a failed message blocks every later one of its group. A dead-lettered one overtakes nothing. */
export const groupBlocks = ({ invocations, sent }: Observations, sightings: Sightings): Violation[] =>
  invocations.flatMap(({ end, messages }, number) => {
    if (end !== "answered") return [];
    const blocked = new Set<string>();
    return messages.flatMap(({ marker, failed, messageId, receiveCount }): Violation[] => {
      const event = marker === undefined ? undefined : sent.get(marker);
      if (event?.group === undefined) return [];
      if (failed) blocked.add(event.group);
      else if (blocked.has(event.group) && sightings.deadLettersAt(messageId, receiveCount).length === 0)
        return sightings.deadLettersOf(event.marker).length > 0
          ? []
          : [{ law: "L2", detail: `invocation ${number} acknowledged it behind a failed one: ${describe(event)}` }];
      return [];
    });
  });

/** L3: the order of a channel within an invocation. Only first publications count, because a retry may publish again. */
export function channelOrder(observations: Observations, sightings: Sightings): Violation[] {
  const ordered = withoutDeadLetters(observations);
  return observations.invocations.flatMap((invocation, number) =>
    [...seenDuring(invocation, observations.accepted, ordered, sightings)].flatMap(([channel, seen]) =>
      disorder("L3", seen, `on ${channel}, in invocation ${number}`),
    ),
  );
}

function seenDuring(
  invocation: ObservedInvocation,
  accepted: Observations["accepted"],
  ordered: FindOrdered,
  sightings: Sightings,
) {
  const places = placesOf(invocation);
  const once = new Set<string>();
  const channels = new Map<string, Seen[]>();
  for (const { marker, channel } of accepted.slice(invocation.fromEntry, invocation.toEntry)) {
    const event = ordered(marker);
    const place = event && places.get(event.marker);
    if (!event || !place || once.has(`${marker} ${channel}`) || !sightings.isOwn(invocation, event.marker)) continue;
    once.add(`${marker} ${channel}`);
    entry(channels, channel, () => []).push({ event, ...place });
  }
  return channels;
}

function placesOf({
  messages,
}: ObservedInvocation): ReadonlyMap<number, { readonly from: number; readonly to: number }> {
  const places = new Map<number, { from: number; to: number }>();
  for (const [position, { marker }] of messages.entries())
    if (marker !== undefined) entry(places, marker, () => ({ from: position, to: position })).to = position;
  return places;
}

/** A dead-lettered event has no place in the order. A call without an answer may publish it late. */
function withoutDeadLetters({ sent, deadLetters }: Observations): FindOrdered {
  const markers = new Set(deadLetters.map(({ marker }) => marker));
  return (marker) => (marker === undefined || markers.has(marker) ? undefined : sent.get(marker));
}

function disorder(law: SoakLaw, seen: readonly Seen[], where: string): Violation[] {
  const violations: Violation[] = [];
  let furthest: Seen | undefined;
  for (const one of seen) {
    if (furthest && one.to < furthest.from)
      violations.push({ law, detail: `${describe(furthest.event)} came before ${describe(one.event)}, ${where}` });
    if (!furthest || one.from > furthest.from) furthest = one;
  }
  return violations;
}
