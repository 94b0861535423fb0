import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { ServerAddress } from "./pusher-server.ts";

/** A network between the page and the server. */
export interface FreezingProxy extends ServerAddress {
  /** How many connections the page has opened so far. */
  readonly connections: () => number;
  /** Loses all data of the connections so far, and closes none: as a network that is gone. */
  readonly freeze: () => void;
}

/** Starts a proxy that closes when the test ends. */
export async function startFreezingProxy({ host, port }: ServerAddress): Promise<FreezingProxy> {
  const pairs: (readonly [Socket, Socket])[] = [];
  const proxy = createServer((client) => {
    const server = connect(port, host);
    pairs.push([client, server]);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("The proxy listens on no port");
  onTestFinished(() => {
    for (const socket of pairs.flat()) socket.destroy();
    proxy.close();
  });
  return {
    host: "127.0.0.1",
    port: address.port,
    connections: () => pairs.length,
    freeze: () => {
      for (const [client, server] of pairs) {
        client.unpipe(server);
        server.unpipe(client);
        for (const socket of [client, server]) socket.resume();
      }
    },
  };
}
