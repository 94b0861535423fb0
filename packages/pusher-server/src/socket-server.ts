import { randomInt } from "node:crypto";
import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";
import { type CloseReason, fitCloseFrame, OVER_QUOTA } from "./close-reason.ts";
import type { Connection } from "./connection.ts";
import { errorFrame } from "./frames.ts";
import { judgeHandshake } from "./handshake.ts";
import type { Hub } from "./hub.ts";
import { FRAME_MAX_BYTES } from "./limits.ts";
import { serveConnection } from "./socket-connection.ts";

/** Ours: how long a closing client may take to say goodbye before it is cut off. */
const GOODBYE_MS = 250;

export interface SocketServer {
  readonly connections: ReadonlySet<Connection>;
  /** Refuses every new client for this reason until it is called with undefined. */
  refuseConnections(reason: CloseReason | undefined): void;
  close(): Promise<void>;
}

/** Two integers, unique because the second one only ever grows. */
function createSocketIds(): () => string {
  let next = randomInt(1_000_000, 10_000_000);
  return () => `${randomInt(1, 1_000_000)}.${next++}`;
}

/** Protocol 7 sends the close code alone; the event before it is for clients that cannot read close codes. */
function refuse(socket: WebSocket, { code, message }: CloseReason): void {
  socket.send(errorFrame(message, code));
  socket.close(code, fitCloseFrame(message));
}

export function attachSocketServer(server: Server, hub: Hub): SocketServer {
  const { settings } = hub;
  const connections = new Set<Connection>();
  const nextSocketId = createSocketIds();
  const sockets = new WebSocketServer({ server, maxPayload: FRAME_MAX_BYTES, perMessageDeflate: false });
  let refusal: CloseReason | undefined;

  sockets.on("connection", (socket, request) => {
    // ws closes a socket that broke the protocol by itself; without a listener the error would end the process.
    socket.on("error", () => {});
    const handshake = judgeHandshake(request.url ?? "/", settings.key);
    if (!handshake.accepted) refuse(socket, handshake.reason);
    else if (refusal !== undefined) refuse(socket, refusal);
    else if (connections.size >= settings.maxConnections) refuse(socket, OVER_QUOTA);
    else serveConnection(hub, connections, socket, { socketId: nextSocketId(), protocol: handshake.protocol });
  });

  return {
    connections,
    refuseConnections(reason) {
      refusal = reason;
    },
    close: () => closeSockets(sockets),
  };
}

async function closeSockets(sockets: WebSocketServer): Promise<void> {
  const goodbyes = [...sockets.clients].map(
    (socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())),
  );
  for (const socket of sockets.clients) socket.close(1001);
  const patience = new AbortController();
  const cutOff = pause(GOODBYE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([Promise.all(goodbyes), cutOff]);
  patience.abort();
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
}
