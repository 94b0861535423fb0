import type { Hub } from "../hub.ts";
import { relayClientEvent } from "./client-events.ts";
import { fieldsOf, parseClientMessage } from "./client-message.ts";
import type { Connection } from "./connection.ts";
import { errorFrame, PONG } from "./frames.ts";
import { signin, signout } from "./signin.ts";
import { leave, subscribe, unsubscribe } from "./subscriptions.ts";

/** Answers one frame of a client. No frame closes the connection. */
export function receive(hub: Hub, connection: Connection, text: string): void {
  const message = parseClientMessage(text);
  if (message === undefined) {
    connection.send(errorFrame("Invalid message: expected a JSON object with an event name"));
    return;
  }
  switch (message.event) {
    case "pusher:ping":
      connection.send(PONG);
      break;
    case "pusher:pong":
      break;
    case "pusher:subscribe":
      subscribe(hub, connection, fieldsOf(message.data));
      break;
    case "pusher:unsubscribe":
      unsubscribe(hub, connection, fieldsOf(message.data));
      break;
    case "pusher:signin":
      signin(hub, connection, fieldsOf(message.data));
      break;
    default:
      if (message.event.startsWith("client-")) relayClientEvent(hub, connection, message);
      else connection.send(errorFrame("Client event rejected - client events must be prefixed by 'client-'"));
  }
}

/** Leaves every channel and signs out. */
export function depart(hub: Hub, connection: Connection): void {
  for (const channel of [...connection.subscriptions.keys()]) leave(hub, connection, channel);
  signout(hub, connection);
}
