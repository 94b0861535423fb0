/**
 * Pusher's HTTP API as the relay sees it, in a process of its own: keeps connections alive, answers `{}` to everything after
 * a latency. `pusher-stand-in.ts <http|https>`. Each message sets the latency in milliseconds, and is answered with the `PusherTally` since the message before.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { json } from "node:stream/consumers";
import { createLoopbackCertificate } from "../../../packages/pusher-server/src/tls/loopback-certificate.ts";
import type { PusherTally } from "./pusher-end.ts";

/** Longer than a round, so the connections of an idle contender remain open. */
const KEEP_ALIVE_TIMEOUT_MS = 120_000;
/** Pending connections: a thousand parallel triggers open one each. */
const BACKLOG = 4096;

let latencyMs = 0;
let calls = 0;
let entries = 0;

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  calls += 1;
  entries += await entriesOf(request);
  const answer = () => response.writeHead(200, { "content-type": "application/json", "content-length": 2 }).end("{}");
  if (latencyMs === 0) answer();
  else setTimeout(answer, latencyMs);
}

const certificate = process.argv[2] === "https" ? createLoopbackCertificate() : undefined;
const server = certificate === undefined ? createServer(receive) : createTlsServer({ ...certificate }, receive);
server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
server.listen({ port: 0, host: "127.0.0.1", backlog: BACKLOG });
const listening = once(server, "listening");

process.on("message", (message) => void answerTally(Number(message)));
process.on("disconnect", () => process.exit());

async function entriesOf(request: IncomingMessage): Promise<number> {
  const { batch, channels }: { readonly batch?: unknown; readonly channels?: unknown } = Object(await json(request));
  const found = batch ?? channels;
  return Array.isArray(found) ? found.length : 1;
}

async function answerTally(nextLatencyMs: number): Promise<void> {
  await listening;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const tally = { port: address.port, calls, entries, certificate: certificate?.cert ?? "" } satisfies PusherTally;
  process.send?.(tally);
  latencyMs = nextLatencyMs;
  calls = 0;
  entries = 0;
}
