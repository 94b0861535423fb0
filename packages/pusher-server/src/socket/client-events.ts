import { isValidChannelName, traitsOf } from "../channels/channel-name.ts";
import { complaintAboutData } from "../channels/data-limit.ts";
import type { Hub } from "../hub.ts";
import { CLIENT_EVENTS_PER_SECOND, EVENT_NAME_MAX_CHARACTERS } from "../limits.ts";
import type { ClientMessage } from "./client-message.ts";
import type { Connection } from "./connection.ts";
import { errorFrame } from "./frames.ts";

/** The times that lie within the second before `now`. */
export function withinLastSecond(times: readonly number[], now: number): readonly number[] {
  return times.filter((time) => now - time < 1_000);
}

function complaintAbout(message: ClientMessage, connection: Connection): string | undefined {
  const { event, channel } = message;
  if (channel === undefined || !isValidChannelName(channel)) return "Client event rejected - it needs a channel";
  const { authorized, encrypted } = traitsOf(channel);
  if (!authorized || encrypted) return "Client event rejected - only supported on private and presence channels";
  if (!connection.subscriptions.has(channel)) return `Client event rejected - not subscribed to channel ${channel}`;
  if (event.length > EVENT_NAME_MAX_CHARACTERS) {
    return `Client event rejected - its name is longer than ${EVENT_NAME_MAX_CHARACTERS} characters`;
  }
  return complaintAboutData(message.data);
}

/** Relays a `client-…` event to all other subscribers of its channel. Its data always travels as a string. */
export function relayClientEvent(hub: Hub, connection: Connection, message: ClientMessage): void {
  const { event, channel = "" } = message;
  const complaint = complaintAbout(message, connection);
  if (complaint !== undefined) {
    connection.send(errorFrame(complaint));
    return;
  }
  const now = hub.settings.now();
  const recent = withinLastSecond(connection.recentClientEvents, now);
  if (recent.length >= CLIENT_EVENTS_PER_SECOND) {
    connection.send(errorFrame("Client event rejected due to rate limit", 4301));
    return;
  }
  connection.recentClientEvents = [...recent, now];
  // JSON.stringify returns undefined for the missing data of an event, whatever its type declares.
  const data: string | undefined = typeof message.data === "string" ? message.data : JSON.stringify(message.data);
  const userId = connection.subscriptions.get(channel)?.userId;
  hub.relay({ channel, event, data, userId }, connection);
  hub.webhooks.happened({
    name: "client_event",
    channel,
    event,
    data,
    socket_id: connection.socketId,
    user_id: userId,
  });
}
