import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface PeerRequest {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The number of the peer's connection that carried it, counted from 1. */
  readonly connection: number;
  /** The number of the request, counted from 1. */
  readonly number: number;
}

export type PeerAnswer = (response: http.ServerResponse, request: PeerRequest) => void;

export interface Peer {
  readonly port: number;
  readonly requests: readonly PeerRequest[];
  readonly connections: () => number;
  /** Resolves when a connection has closed since the last call. */
  readonly connectionClosed: () => Promise<void>;
  readonly closeIdleConnections: () => void;
  /** Stops reading and answering on the connections so far, and does not close them: a host that hangs. */
  readonly silenceConnections: () => void;
}

export const answerWith =
  (status: number, body = "{}", headers: http.OutgoingHttpHeaders = {}): PeerAnswer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);

/** An HTTP server on a free port of this machine. `answer` decides its answers. It closes when the test ends. */
export async function startPeer(answer: PeerAnswer = answerWith(200), tls?: https.ServerOptions): Promise<Peer> {
  const requests: PeerRequest[] = [];
  const sockets = new Map<Socket, number>();
  let closed = Promise.withResolvers<void>();
  const listener: http.RequestListener = async (request, response) => {
    const connection = sockets.get(request.socket) ?? 0;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const seen: PeerRequest = {
      path: request.url ?? "",
      headers: request.headers,
      body,
      connection,
      number: requests.length + 1,
    };
    requests.push(seen);
    answer(response, seen);
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  server.on(tls ? "secureConnection" : "connection", (socket: Socket) => {
    sockets.set(socket, sockets.size + 1);
    socket.on("close", () => closed.resolve());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    port: portOf(server.address()),
    requests,
    connections: () => sockets.size,
    connectionClosed: async () => {
      await closed.promise;
      closed = Promise.withResolvers();
    },
    closeIdleConnections: () => server.closeIdleConnections(),
    silenceConnections: () => {
      for (const socket of sockets.keys()) {
        // Without a listener of its own, a socket gives its bytes to the HTTP parser even while it is paused.
        socket.on("data", () => {}).pause();
      }
    },
  };
}

export function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
