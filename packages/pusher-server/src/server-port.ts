import { createServer, type Server as HttpServer } from "node:http";
import { createServer as createTlsServer, type Server as HttpsServer } from "node:https";
import { createApiListener } from "./http/api-server.ts";
import type { PusherServerOptions } from "./options.ts";
import type { ServerState } from "./server-state.ts";
import { attachSocketServer } from "./socket/socket-server.ts";
import { createLoopbackCertificate } from "./tls/loopback-certificate.ts";

/** Our choice: longer than the pause between two calls of any client, so that no request meets a closing connection. */
const KEEP_ALIVE_TIMEOUT_MS = 60_000;

export interface ServerPort {
  readonly host: string;
  readonly port: number;
  /** The certificate as PEM; undefined without TLS. */
  readonly certificate: string | undefined;
  /** Resolves once every connection is closed and the port is free. */
  close(): Promise<void>;
}

/** Serves HTTP and WebSockets on one port. Rejects if it cannot listen. */
export async function openPort(state: ServerState, options: PusherServerOptions): Promise<ServerPort> {
  const { host = "127.0.0.1", port = 0, tls = false } = options;
  const { hubs, faults, requests, controls, stopped, rejection } = state;
  const byId = new Map(hubs.map((hub) => [hub.settings.appId, hub]));
  const byKey = new Map(hubs.map((hub) => [hub.settings.key, hub]));
  const listener = createApiListener({ hubs: byId, faults, requests, controls, closing: stopped });
  const files = tls === true ? createLoopbackCertificate() : tls;
  const server = files === false ? createServer(listener) : createTlsServer(files, listener);
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  const openedPort = await listen(server, host, port);
  const sockets = attachSocketServer(server, byKey, rejection);
  return {
    host,
    port: openedPort,
    certificate: files === false ? undefined : files.cert,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: HttpServer | HttpsServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.off("error", reject);
      if (address === null || typeof address === "string") reject(new Error("The server has no port"));
      else resolve(address.port);
    });
  });
}
