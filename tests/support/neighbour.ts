import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { portOf } from "./pusher-peer.ts";

export interface NeighbourRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a neighbour answers. It may also not answer, or stop in the middle. */
export type Conduct = (response: ServerResponse, request: NeighbourRequest) => void;

/** A server that the gateway depends on, on a free port of this machine. */
export interface Neighbour {
  readonly url: string;
  readonly requests: readonly NeighbourRequest[];
  /** Changes the conduct for later requests. */
  behave(conduct: Conduct): void;
  /** Resolves after the next request has arrived in full. */
  asked(): Promise<NeighbourRequest>;
  /** Closes the port and every connection. `comeBack` opens the same port again. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
}

export async function startNeighbour(path: string, first: Conduct): Promise<Neighbour> {
  const requests: NeighbourRequest[] = [];
  let conduct = first;
  let waiting = Promise.withResolvers<NeighbourRequest>();
  const server = createServer(async (incoming, response) => {
    const { method = "", url = "", headers } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
    requests.push(request);
    waiting.resolve(request);
    waiting = Promise.withResolvers();
    conduct(response, request);
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const port = portOf(server.address());
  return {
    url: `http://127.0.0.1:${port}${path}`,
    requests,
    behave: (next) => {
      conduct = next;
    },
    asked: () => waiting.promise,
    async goDown() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    comeBack: () => listen(port),
  };
}

export const answers =
  (status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}): Conduct =>
  (response) => {
    const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
  };
