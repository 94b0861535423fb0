import type { Server } from "node:http";
import type { Socket } from "node:net";
import { LOOPBACK, listen } from "../../../packages/local/src/loopback/server.ts";

/** A proxy with faults, on a free port of the loopback address. */
export interface Front {
  readonly port: number;
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function startFront(server: Server, onClose: () => void = () => undefined): Promise<Front> {
  const port = await listen(server, 0);
  return {
    port,
    endpoint: `http://${LOOPBACK}:${port}`,
    close: () =>
      new Promise((closed) => {
        onClose();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A later answer may have missed the relay: it counts as a fault. */
export const IN_TIME_MS = 100;
/** A relay that gave up has closed its connection by then. */
const DOUBT_MS = 1_200;

export interface ConnectionWatch {
  onConnection(socket: Socket): void;
  /** `doubt` follows if the connection closes soon. */
  onAnswer(socket: Socket, doubt: () => void): void;
}

/**
 * A relay that gives up closes its connection. On a busy machine it may do so although the answer is already there. A connection
 * that closes soon after an answer casts doubt on it.
 */
export function watchConnections(): ConnectionWatch {
  const last = new WeakMap<Socket, { readonly doubt: () => void; readonly atMs: number }>();
  return {
    onConnection(socket) {
      socket.once("close", () => {
        const answer = last.get(socket);
        if (answer && performance.now() - answer.atMs < DOUBT_MS) answer.doubt();
      });
    },
    onAnswer: (socket, doubt) => void last.set(socket, { doubt, atMs: performance.now() }),
  };
}
