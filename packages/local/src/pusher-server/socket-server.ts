import { randomInt } from "node:crypto";
import type { Server } from "node:http";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { type CloseReason, fitCloseFrame, OVER_QUOTA } from "./close-reason.ts";
import type { Connection } from "./connection.ts";
import { connectionEstablished, errorFrame, PING } from "./frames.ts";
import { judgeHandshake } from "./handshake.ts";
import type { Hub } from "./hub.ts";
import { FRAME_MAX_BYTES } from "./limits.ts";
import { watchLiveness } from "./liveness.ts";
import { depart, receive } from "./session.ts";

/** How long a closing client may take to say goodbye before it is cut off. */
const GOODBYE_MS = 250;

export interface SocketServer {
  readonly connections: ReadonlySet<Connection>;
  close(): Promise<void>;
}

/** Two integers, unique because the second one only ever grows. */
function createSocketIds(): () => string {
  let next = randomInt(1_000_000, 10_000_000);
  return () => `${randomInt(1, 1_000_000)}.${next++}`;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString("utf8");
}

function refuse(socket: WebSocket, { code, message }: CloseReason): void {
  socket.send(errorFrame(message, code));
  socket.close(code, fitCloseFrame(message));
}

export function attachSocketServer(server: Server, hub: Hub): SocketServer {
  const { settings } = hub;
  const connections = new Set<Connection>();
  const nextSocketId = createSocketIds();
  const sockets = new WebSocketServer({ server, maxPayload: FRAME_MAX_BYTES, perMessageDeflate: false });

  sockets.on("connection", (socket, request) => {
    socket.on("error", () => socket.terminate());
    const handshake = judgeHandshake(request.url ?? "/", settings.key);
    if (!handshake.accepted) return refuse(socket, handshake.reason);
    if (connections.size >= settings.maxConnections) return refuse(socket, OVER_QUOTA);

    let present = true;
    const farewell = (): void => {
      if (!present) return;
      present = false;
      liveness.stop();
      connections.delete(connection);
      depart(hub, connection);
    };
    const connection: Connection = {
      socketId: nextSocketId(),
      subscriptions: new Map(),
      user: undefined,
      recentClientEvents: [],
      send: (frame) => socket.send(frame),
      // It leaves its channels at once: a client that is gone may take long to answer the close frame, or never do.
      close(code, reason) {
        socket.close(code, fitCloseFrame(reason));
        farewell();
      },
    };
    const liveness = watchLiveness(
      handshake.protocol,
      settings,
      () => connection.send(PING),
      ({ code, message }) => connection.close(code, message),
    );
    connections.add(connection);
    socket.on("ping", liveness.heard);
    socket.on("pong", liveness.heard);
    socket.on("message", (data, isBinary) => {
      if (!present) return;
      liveness.heard();
      if (isBinary) return connection.send(errorFrame("Binary frames are not supported"));
      receive(hub, connection, textOf(data));
    });
    socket.on("close", farewell);
    connection.send(connectionEstablished(connection.socketId, handshake.protocol, settings.activityTimeoutSeconds));
  });

  return { connections, close: () => closeSockets(sockets) };
}

async function closeSockets(sockets: WebSocketServer): Promise<void> {
  const goodbyes = [...sockets.clients].map(
    (socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())),
  );
  for (const socket of sockets.clients) socket.close(1001);
  const cutOff = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
  }, GOODBYE_MS);
  await Promise.all(goodbyes);
  clearTimeout(cutOff);
  sockets.close();
}
