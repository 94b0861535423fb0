/**
 * Pusher's HTTP API as the relay sees it, in a process of its own: keeps connections alive, answers `{}` to everything after
 * a latency. Each message sets the latency in milliseconds, and is answered with the `Tally` since the message before.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { Tally } from "./pusher-end.ts";

/** Longer than a round, so that no connection is closed under a contender that waits for its turn. */
const KEEP_ALIVE_TIMEOUT_MS = 120_000;

let latencyMs = 0;
let calls = 0;

const server = createServer((request, response) => {
  calls += 1;
  request.resume();
  request.on("end", () => {
    const answer = () => response.writeHead(200, { "content-type": "application/json", "content-length": 2 }).end("{}");
    if (latencyMs === 0) answer();
    else setTimeout(answer, latencyMs);
  });
});
server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
server.listen(0, "127.0.0.1");
const listening = once(server, "listening");

process.on("message", (message) => void tally(Number(message)));
process.on("disconnect", () => process.exit());

async function tally(nextLatencyMs: number): Promise<void> {
  await listening;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  process.send?.({ port: address.port, calls } satisfies Tally);
  latencyMs = nextLatencyMs;
  calls = 0;
}
