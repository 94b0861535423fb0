import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { listenOnFreePort } from "./local-ports.ts";

/** Settings that move the dead-letter queue of the functions to another port. */
export const deadLettersAt = (port: number, name = "domain-events-dlq"): Record<string, string> => ({
  REALTIME_DLQ_URL: `http://127.0.0.1:${port}/000000000000/${name}`,
  AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${port}`,
});

/** A port without a server. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listenOnFreePort(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A port whose server accepts connections and never answers. */
export async function silentPort(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined).resume());
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return await listenOnFreePort(server);
}
