import type { RawData, WebSocket } from "ws";
import type { Hub } from "../hub.ts";
import { limitAuthorization } from "./authorization-timeout.ts";
import { fitCloseFrame } from "./close-reason.ts";
import type { Connection } from "./connection.ts";
import { connectionEstablished, errorFrame, PING } from "./frames.ts";
import { watchLiveness } from "./liveness.ts";
import { depart, receive } from "./session.ts";

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString("utf8");
}

/** Serves an accepted client until its socket closes. The connections of the hub contain it during that time. */
export function serveConnection(
  hub: Hub,
  socket: WebSocket,
  { socketId, protocol }: { readonly socketId: string; readonly protocol: number },
): void {
  const { connections, settings } = hub;
  const connection: Connection = {
    socketId,
    subscriptions: new Map(),
    user: undefined,
    recentClientEvents: [],
    send: (frame) => socket.send(frame, { binary: false }),
    // It leaves its channels at once, because a lost client never answers the close frame.
    close(code, reason) {
      socket.close(code, fitCloseFrame(reason));
      leave();
    },
  };
  const liveness = watchLiveness(
    protocol,
    settings,
    () => connection.send(PING),
    ({ code, message }) => connection.close(code, message),
  );
  const leave = (): void => {
    if (!connections.delete(connection)) return;
    liveness.stop();
    clearTimeout(authorization);
    depart(hub, connection);
  };
  const authorization = limitAuthorization(connection, settings.authorizationTimeoutSeconds);
  connections.add(connection);
  for (const signal of ["ping", "pong", "message"]) socket.on(signal, liveness.heard);
  for (const end of ["close", "error"]) socket.on(end, leave);
  socket.on("message", (data, isBinary) => {
    if (!connections.has(connection)) return;
    if (isBinary) connection.send(errorFrame("Binary frames are not supported"));
    else receive(hub, connection, textOf(data));
  });
  connection.send(connectionEstablished(socketId, protocol, settings.activityTimeoutSeconds));
}
