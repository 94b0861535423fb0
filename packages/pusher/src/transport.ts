import http from "node:http";
import https from "node:https";

/** What came of one request: an answer, or the reason why there is none. Never holds the request's path, which is signed. */
export type Exchange =
  | { readonly answered: true; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly answered: false; readonly reason: string };

export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly maxConnections: number;
}

export interface Transport {
  /** `timeoutMs` is for the whole exchange: connecting, the answer's headers and all of its body. */
  post(path: string, body: string, timeoutMs: number): Promise<Exchange>;
  close(): void;
}

/** JSON POSTs over kept-alive connections. An answer counts once its body has been read to the end. */
export function createTransport(options: TransportOptions): Transport {
  const client = options.tls ? https : http;
  const agent = new client.Agent({ keepAlive: true, maxSockets: options.maxConnections });
  const { host, port } = options;
  const open = (path: string, body: string): http.ClientRequest =>
    client.request({
      host,
      port,
      path,
      agent,
      method: "POST",
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
    });
  return {
    async post(path, body, timeoutMs) {
      const endsAtMs = uptimeMs() + timeoutMs;
      const first = await exchange(open(path, body), body, timeoutMs);
      if (!first.stale) return first.result;
      dropIdle(agent);
      return (await exchange(open(path, body), body, endsAtMs - uptimeMs())).result;
    },
    close: () => agent.destroy(),
  };
}

/** Goes on evenly, whatever becomes of the wall clock. `performance` does too, and its first use loads 0.7 ms of Node's. */
const uptimeMs = (): number => process.uptime() * 1000;

/** Where one idle connection was gone the others are too, and the one retry there is must not meet them. */
function dropIdle(agent: http.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

interface Attempt {
  readonly result: Exchange;
  /** The peer had closed an idle connection, as happens while Lambda freezes a process: the request was not heard. */
  readonly stale: boolean;
}

/** What Node reports when a kept-alive connection turns out to be gone. */
const GONE = new Set(["ECONNRESET", "EPIPE"]);

function exchange(request: http.ClientRequest, body: string, timeoutMs: number): Promise<Attempt> {
  return new Promise((resolve) => {
    let timedOut = false;
    let heard = false;
    const timer = setTimeout(() => {
      timedOut = true;
      request.destroy();
      settle({ answered: false, reason: "timeout" });
    }, timeoutMs);
    const settle = (result: Exchange, stale = false): void => {
      clearTimeout(timer);
      resolve({ result, stale });
    };
    const fail = ({ code, name }: NodeJS.ErrnoException): void => {
      const reason = code ?? name;
      settle({ answered: false, reason }, request.reusedSocket && !heard && !timedOut && GONE.has(reason));
    };
    request.on("error", fail);
    request.on("response", (response) => {
      heard = true;
      const status = response.statusCode ?? 0;
      response.on("error", fail);
      response.on("end", () => settle({ answered: true, status, retryAfter: response.headers["retry-after"] }));
      response.resume();
    });
    request.end(body);
  });
}
