import type { ChannelMember } from "./member.ts";

interface Channel<Subscriber> {
  readonly subscribers: Map<Subscriber, ChannelMember | undefined>;
  /** The users of a presence channel in the order of their arrival, each with its number of connections. */
  readonly users: Map<string, { readonly member: ChannelMember; connections: number }>;
}

export interface ChannelChange {
  /** True for the first subscriber of a channel and for the last one to leave it. */
  readonly occupancy: boolean;
  /** The user whose first connection joined, or whose last one left. */
  readonly member: ChannelMember | undefined;
}

/** The subscribers of each channel. It only keeps the lists and sends nothing. */
export interface Channels<Subscriber> {
  join(name: string, subscriber: Subscriber, member: ChannelMember | undefined): ChannelChange;
  leave(name: string, subscriber: Subscriber): ChannelChange;
  names(): readonly string[];
  subscribers(name: string): readonly Subscriber[];
  subscriptionCount(name: string): number;
  members(name: string): readonly ChannelMember[];
}

function addMember<Subscriber>(channel: Channel<Subscriber>, member: ChannelMember): boolean {
  const user = channel.users.get(member.userId);
  if (user !== undefined) {
    user.connections += 1;
    return false;
  }
  channel.users.set(member.userId, { member, connections: 1 });
  return true;
}

function removeMember<Subscriber>(channel: Channel<Subscriber>, member: ChannelMember): boolean {
  const user = channel.users.get(member.userId);
  if (user === undefined) return false;
  user.connections -= 1;
  return user.connections === 0 && channel.users.delete(member.userId);
}

export function createChannels<Subscriber>(): Channels<Subscriber> {
  const channels = new Map<string, Channel<Subscriber>>();
  return {
    join(name, subscriber, member) {
      const channel = channels.get(name) ?? { subscribers: new Map(), users: new Map() };
      channels.set(name, channel);
      channel.subscribers.set(subscriber, member);
      const added = member !== undefined && addMember(channel, member);
      return { occupancy: channel.subscribers.size === 1, member: added ? member : undefined };
    },
    leave(name, subscriber) {
      const channel = channels.get(name);
      const member = channel?.subscribers.get(subscriber);
      if (channel?.subscribers.delete(subscriber) !== true) return { occupancy: false, member: undefined };
      const removed = member !== undefined && removeMember(channel, member);
      const vacated = channel.subscribers.size === 0 && channels.delete(name);
      return { occupancy: vacated, member: removed ? member : undefined };
    },
    names: () => [...channels.keys()],
    subscribers: (name) => [...(channels.get(name)?.subscribers.keys() ?? [])],
    subscriptionCount: (name) => channels.get(name)?.subscribers.size ?? 0,
    members: (name) => [...(channels.get(name)?.users.values() ?? [])].map(({ member }) => member),
  };
}
