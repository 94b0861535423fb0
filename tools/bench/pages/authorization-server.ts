import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { PusherSigner } from "@realtime-gateway/pusher";

export interface AuthorizationServer {
  readonly url: string;
  /** When each request arrived, in milliseconds since 1970. */
  readonly requestsAtMs: number[];
  close(): void;
}

/** Pending connections: a thousand pages open one each at the same time. */
const BACKLOG = 4096;

/** Allows everything, in the form of the gateway: for one channel, and for a batch of `channel_name[…]`. */
export async function startAuthorizationServer(signer: PusherSigner): Promise<AuthorizationServer> {
  const requestsAtMs: number[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requestsAtMs.push(Date.now());
    const fields = [...new URLSearchParams(await text(request))];
    const socketId = fields.find(([name]) => name === "socket_id")?.[1] ?? "";
    const sign = (channel: string) => signer.authorizeChannel(socketId, channel);
    const channels = fields.filter(([name]) => name.startsWith("channel_name["));
    const single = fields.find(([name]) => name === "channel_name")?.[1];
    const body =
      single === undefined
        ? Object.fromEntries(channels.map(([, channel]) => [channel, { status: 200, data: sign(channel) }]))
        : sign(single);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen({ port: 0, host: "127.0.0.1", backlog: BACKLOG });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requestsAtMs,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
