import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { send, type TransportAttempt, type TransportResult } from "./send.ts";

export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly maxConnections: number;
  /** The system's clock: it also advances while Lambda freezes the process. */
  readonly nowMs: () => number;
}

export interface Transport {
  /** `timeoutMs` covers the whole request: the connection, the headers of the answer and all of its body. */
  post(path: string, body: string, timeoutMs: number): Promise<TransportResult>;
  close(): void;
}

/** A NAT or a load balancer may silently drop a connection that is idle for longer. */
const MAX_IDLE_MS = 30_000;

/** Sends JSON POSTs over kept-alive connections. An answer counts only after its whole body has arrived. */
export function createTransport(options: TransportOptions): Transport {
  const { host, port, tls, maxConnections, nowMs } = options;
  const client = tls ? https : http;
  const agent = new client.Agent({ keepAlive: true, maxSockets: maxConnections });
  const usedAtMs = new WeakMap<Socket, number>();
  const isOld = (socket: Socket): boolean => nowMs() - (usedAtMs.get(socket) ?? 0) > MAX_IDLE_MS;

  const attempt = async (path: string, body: string, timeoutMs: number): Promise<TransportAttempt> => {
    // No timer closes them, because Lambda freezes timers too.
    closeIdleConnections(agent, isOld);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const request = client.request({ host, port, path, agent, method: "POST", headers });
    request.on("socket", (socket) => usedAtMs.set(socket, nowMs()));
    const sent = await send(request, body, timeoutMs);
    // If one kept connection is dead, the others probably are too. The next attempt must not use one of them.
    if (!sent.result.answered && request.reusedSocket) closeIdleConnections(agent, () => true);
    return sent;
  };
  return {
    async post(path, body, timeoutMs) {
      const endsAtMs = uptimeMs() + timeoutMs;
      const first = await attempt(path, body, timeoutMs);
      if (!first.stale) return first.result;
      return (await attempt(path, body, endsAtMs - uptimeMs())).result;
    },
    close: () => agent.destroy(),
  };
}

/** A clock that no change of the system time affects. The first use of `performance` would load 0.7 ms of Node's modules. */
const uptimeMs = (): number => process.uptime() * 1000;

/**
 * Closes the last idle connection that `mustClose` selects, and all before it. The agent appends connections as they
 * become idle, so those before are idle for longer. It takes the last one, and skips closed ones only at the front.
 */
function closeIdleConnections(agent: http.Agent, mustClose: (socket: Socket) => boolean): void {
  for (const sockets of Object.values(agent.freeSockets))
    for (const socket of sockets?.slice(0, sockets.findLastIndex(mustClose) + 1) ?? []) socket.destroy();
}
