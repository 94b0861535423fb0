import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { listenOnFreePort } from "./local-ports.ts";

/** Source of a bundle that holds a connection while its process lives. */
export const HOLD_LIFELINE = `
  import { connect } from "node:net";
  connect(Number(process.env.LIFELINE_PORT), "127.0.0.1").on("error", () => {});
`;

/** Shows when a process that holds a lifeline has begun and when it has died, also a process of another parent. */
export async function openLifeline() {
  const begun = Promise.withResolvers<void>();
  const died = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => died.resolve());
    socket.resume();
    begun.resolve();
  });
  const port = await listenOnFreePort(server);
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return {
    env: { LIFELINE_PORT: String(port) },
    begun: begun.promise,
    died: died.promise,
    write(text: string): void {
      for (const socket of sockets) socket.write(text);
    },
  };
}
