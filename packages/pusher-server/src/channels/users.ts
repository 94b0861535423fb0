interface SignedIn {
  readonly user: { readonly id: string; readonly watchlist: readonly string[] } | undefined;
}

/** The signed-in users with their connections and watchers. It only keeps the lists and sends nothing. */
export interface Users<Subscriber extends SignedIn> {
  /** True for the user's first connection: the user is online now. */
  add(userId: string, connection: Subscriber): boolean;
  /** True for the user's last connection: the user is offline now. */
  remove(userId: string, connection: Subscriber): boolean;
  isOnline(userId: string): boolean;
  connections(userId: string): readonly Subscriber[];
  /** The connections of users whose watchlist names this user. */
  watchers(userId: string): readonly Subscriber[];
}

export function createUsers<Subscriber extends SignedIn>(): Users<Subscriber> {
  const online = new Map<string, Set<Subscriber>>();
  return {
    add(userId, connection) {
      const connections = online.get(userId);
      connections?.add(connection);
      if (connections === undefined) online.set(userId, new Set([connection]));
      return connections === undefined;
    },
    remove(userId, connection) {
      const connections = online.get(userId);
      if (connections?.delete(connection) !== true) return false;
      return connections.size === 0 && online.delete(userId);
    },
    isOnline: (userId) => online.has(userId),
    connections: (userId) => [...(online.get(userId) ?? [])],
    watchers: (userId) =>
      [...online.values()]
        .flatMap((connections) => [...connections])
        .filter(({ user }) => user?.watchlist.includes(userId)),
  };
}
