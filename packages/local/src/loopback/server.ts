import { once } from "node:events";
import type { Server } from "node:http";

export const LOOPBACK = "127.0.0.1";

/** Listens, and resolves with the port. Rejects with `code: "EADDRINUSE"` if another process listens there. */
export async function listen(server: Server, port: number, host: string = LOOPBACK): Promise<number> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return address.port;
}

/** Current requests get this long to end. */
const DRAIN_MS = 5_000;

/** Closes idle connections at once and others after their request. Resolves once the port is free. Idempotent. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(timer);
}
