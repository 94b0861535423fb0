import { randomInt } from "node:crypto";
import type { Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";
import type { Hub } from "../hub.ts";
import { FRAME_MAX_BYTES } from "../limits.ts";
import { type CloseReason, fitCloseFrame, OVER_QUOTA } from "./close-reason.ts";
import { errorFrame } from "./frames.ts";
import { checkHandshake } from "./handshake.ts";
import { serveConnection } from "./socket-connection.ts";

/** Our choice: a client has this long to answer a close frame before the server cuts the connection. */
const CLOSE_TIMEOUT_MS = 250;

export interface SocketServer {
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

/** Serves the WebSockets of a server. `hubs` are its apps by their keys. `rejection` is a reason to reject every new client. */
export function attachSocketServer(
  server: HttpServer | HttpsServer,
  hubs: ReadonlyMap<string, Hub>,
  rejection: () => CloseReason | undefined,
): SocketServer {
  const nextSocketId = createSocketIds();
  const sockets = new WebSocketServer({ server, maxPayload: FRAME_MAX_BYTES, perMessageDeflate: false });

  sockets.on("connection", (socket, request) => {
    // ws itself closes a socket that breaks the protocol. Without this listener, the error would end the process.
    socket.on("error", () => {});
    const handshake = checkHandshake(request.url ?? "/", hubs);
    const { protocol } = handshake;
    if (!handshake.accepted) {
      reject(socket, handshake.reason, protocol);
      return;
    }
    const hub = handshake.app;
    const everybody = rejection();
    if (everybody !== undefined) reject(socket, everybody, protocol);
    else if (hub.connections.size >= hub.settings.maxConnections) reject(socket, OVER_QUOTA, protocol);
    else serveConnection(hub, socket, { socketId: nextSocketId(), protocol: handshake.protocol });
  });

  return { close: () => closeSockets(sockets) };
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
