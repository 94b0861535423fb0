import { parseUserData, type SignedInUser } from "../channels/member.ts";
import type { Hub } from "../hub.ts";
import { stringOf, type UncheckedFields } from "../json.ts";
import { WATCHLIST_MAX_USERS } from "../limits.ts";
import { checkToken } from "../signature.ts";
import type { Connection } from "./connection.ts";
import * as frames from "./frames.ts";

function checkSignin({ settings }: Hub, connection: Connection, fields: UncheckedFields): SignedInUser | string {
  const auth = stringOf(fields.auth);
  const userData = stringOf(fields.user_data);
  if (auth === undefined || userData === undefined) return "Sign-in needs auth and user_data";
  switch (checkToken(settings, auth, `${connection.socketId}::user::${userData}`)) {
    case "wrong_key":
      return "Invalid key in sign-in auth data";
    case "wrong_signature":
      return `Invalid signature: Expected HMAC SHA256 hex digest of ${connection.socketId}::user::${userData}`;
    case "valid": {
      const user = parseUserData(userData);
      if (user === undefined) return "user_data must be a JSON object with a string id";
      const same = connection.user === undefined || connection.user.id === user.id;
      return same ? user : "The connection is already signed in as another user";
    }
  }
}

export function signin(hub: Hub, connection: Connection, fields: UncheckedFields): void {
  const result = checkSignin(hub, connection, fields);
  if (typeof result === "string") {
    connection.send(frames.errorFrame(result));
    return;
  }
  const watchlist = result.watchlist.slice(0, WATCHLIST_MAX_USERS);
  connection.user = { ...result, watchlist };
  connection.send(frames.signinSuccess(stringOf(fields.user_data) ?? ""));
  if (result.watchlist.length > WATCHLIST_MAX_USERS) {
    const message = `Watchlist limit exceeded. Only the first ${WATCHLIST_MAX_USERS} user IDs are accepted: ${watchlist.join(", ")}`;
    connection.send(frames.errorFrame(message, 4302));
  }
  reportWatchlist(hub, connection, watchlist);
  if (hub.users.add(result.id, connection)) notifyWatchers(hub, result.id, "online");
}

export function signout(hub: Hub, connection: Connection): void {
  const userId = connection.user?.id;
  if (userId !== undefined && hub.users.remove(userId, connection)) notifyWatchers(hub, userId, "offline");
}

/** Sends a new connection the state of every user on its watchlist. */
function reportWatchlist({ users }: Hub, connection: Connection, watchlist: readonly string[]): void {
  const events: readonly frames.WatchlistEvent[] = [
    { name: "online", userIds: watchlist.filter((userId) => users.isOnline(userId)) },
    { name: "offline", userIds: watchlist.filter((userId) => !users.isOnline(userId)) },
  ];
  const nonEmpty = events.filter(({ userIds }) => userIds.length > 0);
  if (nonEmpty.length > 0) connection.send(frames.watchlistEvents(nonEmpty));
}

function notifyWatchers({ users }: Hub, userId: string, name: frames.WatchlistEvent["name"]): void {
  const frame = frames.watchlistEvents([{ name, userIds: [userId] }]);
  for (const watcher of users.watchers(userId)) watcher.send(frame);
}
