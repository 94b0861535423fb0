import type { JournalEntry } from "./journal-entry.ts";
import type { ChannelState } from "./types.ts";

/** A channel with subscribers, as the local Pusher server lists it. */
interface OccupiedChannel {
  readonly channel: string;
  readonly subscriptions: number;
  /** The user ids of a presence channel. */
  readonly members?: readonly string[];
}

/** The channels that have a subscription now or had an event, by name. `occupied` is missing without a local Pusher server. */
export function channelStates(
  occupied: readonly OccupiedChannel[] | undefined,
  entries: readonly JournalEntry[],
): readonly ChannelState[] {
  const lastEvents = new Map<string, NonNullable<ChannelState["lastEvent"]>>();
  for (const { key, reading, publications } of entries)
    for (const { channel, atMs } of publications)
      if ((lastEvents.get(channel)?.atMs ?? 0) <= atMs)
        lastEvents.set(channel, { key, event: reading.name ?? "", atMs });
  const byName = new Map(occupied?.map((each) => [each.channel, each]));
  return [...new Set([...lastEvents.keys(), ...byName.keys()])].sort().map((name) => {
    const members = byName.get(name)?.members?.map((id) => ({ id }));
    const lastEvent = lastEvents.get(name);
    return {
      name,
      ...(occupied !== undefined && { subscribers: byName.get(name)?.subscriptions ?? 0 }),
      ...(members !== undefined && { members }),
      ...(lastEvent !== undefined && { lastEvent }),
    };
  });
}
