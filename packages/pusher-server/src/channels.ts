import type { Member } from "./member.ts";

interface Channel<Subscriber> {
  readonly subscribers: Map<Subscriber, Member | undefined>;
  /** How many subscribers each user of a presence channel has, in order of arrival. */
  readonly users: Map<string, { readonly member: Member; connections: number }>;
}

export interface Change {
  /** The first subscriber came, or the last one left. */
  readonly occupancy: boolean;
  /** The user whose first connection came, or whose last one left. */
  readonly member: Member | undefined;
}

/** Who is subscribed to what. Bookkeeping only: it sends nothing and knows no sockets. */
export interface Channels<Subscriber> {
  join(name: string, subscriber: Subscriber, member: Member | undefined): Change;
  leave(name: string, subscriber: Subscriber): Change;
  names(): readonly string[];
  subscribers(name: string): readonly Subscriber[];
  subscriptionCount(name: string): number;
  members(name: string): readonly Member[];
}

function admit<Subscriber>(channel: Channel<Subscriber>, member: Member): boolean {
  const user = channel.users.get(member.userId);
  if (user !== undefined) {
    user.connections += 1;
    return false;
  }
  channel.users.set(member.userId, { member, connections: 1 });
  return true;
}

function dismiss<Subscriber>(channel: Channel<Subscriber>, member: Member): boolean {
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
      const added = member !== undefined && admit(channel, member);
      return { occupancy: channel.subscribers.size === 1, member: added ? member : undefined };
    },
    leave(name, subscriber) {
      const channel = channels.get(name);
      const member = channel?.subscribers.get(subscriber);
      if (channel?.subscribers.delete(subscriber) !== true) return { occupancy: false, member: undefined };
      const removed = member !== undefined && dismiss(channel, member);
      const vacated = channel.subscribers.size === 0 && channels.delete(name);
      return { occupancy: vacated, member: removed ? member : undefined };
    },
    names: () => [...channels.keys()],
    subscribers: (name) => [...(channels.get(name)?.subscribers.keys() ?? [])],
    subscriptionCount: (name) => channels.get(name)?.subscribers.size ?? 0,
    members: (name) => [...(channels.get(name)?.users.values() ?? [])].map(({ member }) => member),
  };
}
