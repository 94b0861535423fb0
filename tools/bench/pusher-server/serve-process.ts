/**
 * A server of the bench: `serve-process.ts ours|minimal <package>`. It answers its first message with its port, and each one with
 * its CPU time so far.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";

const [kind = "minimal", packageUrl = ""] = process.argv.slice(2);
const port = await (kind === "ours" ? startOurs() : startMinimal());

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ port, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 });
});

async function startOurs(): Promise<number> {
  const { startPusherServer }: typeof import("@realtime-gateway/pusher-server") = await import(packageUrl);
  return (await startPusherServer()).port;
}

/** The unavoidable work: each client gets each body that is posted, as it is. */
async function startMinimal(): Promise<number> {
  const server = createServer(async (request, response) => {
    const frame = await text(request);
    for (const client of sockets.clients) client.send(frame);
    response.end();
  });
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an address with a port.
  return (server.address() as AddressInfo).port;
}
