import { randomInt } from "node:crypto";
import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";
import type { Hub } from "../hub.ts";
import { FRAME_MAX_BYTES } from "../limits.ts";
import { type CloseReason, fitCloseFrame, OVER_QUOTA } from "./close-reason.ts";
import type { Connection } from "./connection.ts";
import { errorFrame } from "./frames.ts";
import { checkHandshake } from "./handshake.ts";
import { serveConnection } from "./socket-connection.ts";

/** Our choice: a client has this long to answer a close frame before the server cuts the connection. */
const CLOSE_TIMEOUT_MS = 250;

export interface SocketServer {
  readonly connections: ReadonlySet<Connection>;
  /** Rejects every new client for this reason; `undefined` accepts them again. */
  refuseConnections(reason: CloseReason | undefined): void;
  close(): Promise<void>;
}

/** Socket ids are two integers. They are unique because the second one only grows. */
function createSocketIds(): () => string {
  let next = randomInt(1_000_000, 10_000_000);
  return () => `${randomInt(1, 1_000_000)}.${next++}`;
}

/** Since this version, the close code is the only error. Older clients cannot read it and get a frame before. */
const FIRST_PROTOCOL_WITH_CLOSE_CODES = 6;

function reject(socket: WebSocket, { code, message }: CloseReason, protocol = 0): void {
  if (protocol < FIRST_PROTOCOL_WITH_CLOSE_CODES) socket.send(errorFrame(message, code));
  socket.close(code, fitCloseFrame(message));
}

export function attachSocketServer(server: Server, hub: Hub): SocketServer {
  const { settings } = hub;
  const connections = new Set<Connection>();
  const nextSocketId = createSocketIds();
  const sockets = new WebSocketServer({ server, maxPayload: FRAME_MAX_BYTES, perMessageDeflate: false });
  let rejection: CloseReason | undefined;

  sockets.on("connection", (socket, request) => {
    // ws itself closes a socket that breaks the protocol. Without this listener, the error would end the process.
    socket.on("error", () => {});
    const handshake = checkHandshake(request.url ?? "/", settings.key);
    const { protocol } = handshake;
    if (!handshake.accepted) reject(socket, handshake.reason, protocol);
    else if (rejection !== undefined) reject(socket, rejection, protocol);
    else if (connections.size >= settings.maxConnections) reject(socket, OVER_QUOTA, protocol);
    else serveConnection(hub, connections, socket, { socketId: nextSocketId(), protocol: handshake.protocol });
  });

  return {
    connections,
    refuseConnections(reason) {
      rejection = reason;
    },
    close: () => closeSockets(sockets),
  };
}

async function closeSockets(sockets: WebSocketServer): Promise<void> {
  const closed = [...sockets.clients].map(
    (socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())),
  );
  for (const socket of sockets.clients) socket.close(1001);
  const patience = new AbortController();
  const cutOff = pause(CLOSE_TIMEOUT_MS, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([Promise.all(closed), cutOff]);
  patience.abort();
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
}
