import type { Connection } from "./connection.ts";
import * as frames from "./frames.ts";
import type { Hub } from "./hub.ts";
import { type JsonObject, stringOf } from "./json.ts";
import { WATCHLIST_MAX_USERS } from "./limits.ts";
import { parseUserData, type SignedInUser } from "./member.ts";
import { judgeToken } from "./signature.ts";

function judgeSignin({ settings }: Hub, connection: Connection, fields: JsonObject): SignedInUser | string {
  const auth = stringOf(fields.auth);
  const userData = stringOf(fields.user_data);
  if (auth === undefined || userData === undefined) return "Sign-in needs auth and user_data";
  switch (judgeToken(settings, auth, `${connection.socketId}::user::${userData}`)) {
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

export function signin(hub: Hub, connection: Connection, fields: JsonObject): void {
  const verdict = judgeSignin(hub, connection, fields);
  if (typeof verdict === "string") {
    connection.send(frames.errorFrame(verdict, 4009));
    return;
  }
  const watchlist = verdict.watchlist.slice(0, WATCHLIST_MAX_USERS);
  connection.user = { ...verdict, watchlist };
  connection.send(frames.signinSuccess(stringOf(fields.user_data) ?? ""));
  if (verdict.watchlist.length > WATCHLIST_MAX_USERS) {
    const message = `Watchlist limit exceeded. Only the first ${WATCHLIST_MAX_USERS} user IDs are accepted: ${watchlist.join(", ")}`;
    connection.send(frames.errorFrame(message, 4302));
  }
  reportWatchlist(hub, connection, watchlist);
  if (hub.users.add(verdict.id, connection)) tellWatchers(hub, verdict.id, "online");
}

export function signout(hub: Hub, connection: Connection): void {
  const userId = connection.user?.id;
  if (userId !== undefined && hub.users.remove(userId, connection)) tellWatchers(hub, userId, "offline");
}

/** A newcomer is told at once who of its watchlist is there and who is not. */
function reportWatchlist({ users }: Hub, connection: Connection, watchlist: readonly string[]): void {
  const events: readonly frames.WatchlistEvent[] = [
    { name: "online", userIds: watchlist.filter((userId) => users.isOnline(userId)) },
    { name: "offline", userIds: watchlist.filter((userId) => !users.isOnline(userId)) },
  ];
  const worthTelling = events.filter(({ userIds }) => userIds.length > 0);
  if (worthTelling.length > 0) connection.send(frames.watchlistEvents(worthTelling));
}

function tellWatchers({ users }: Hub, userId: string, name: frames.WatchlistEvent["name"]): void {
  const frame = frames.watchlistEvents([{ name, userIds: [userId] }]);
  for (const watcher of users.watchers(userId)) watcher.send(frame);
}
