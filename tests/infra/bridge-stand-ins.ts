import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server } from "node:net";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import { createLoopbackCertificate } from "../../packages/pusher-server/src/tls/loopback-certificate.ts";

/** AppSync's event API and Lambda's runtime API, as far as SST's bridge calls them. */
export interface BridgeStandIns {
  /** `host:port` of AppSync, for its HTTP and its WebSocket address. */
  readonly appSync: string;
  readonly certificate: string;
  readonly runtimeApi: string;
  /** The first event that the bridge publishes. */
  readonly announced: Promise<unknown>;
  /** Resolves when the bridge asks Lambda for an invocation. */
  readonly asked: Promise<void>;
}

const SUBPROTOCOL = "aws-appsync-event-ws";
const INVOCATION = { "lambda-runtime-aws-request-id": "request-1" };

export async function startBridgeStandIns(): Promise<BridgeStandIns> {
  const announced = Promise.withResolvers<unknown>();
  const asked = Promise.withResolvers<void>();
  const certificate = createLoopbackCertificate();
  const appSync = createTlsServer({ ...certificate }, async (request, response) => {
    announced.resolve(await json(request));
    response.writeHead(200, { "content-type": "application/json" }).end('{"successful":[],"failed":[]}');
  });
  answerSubscriptions(new WebSocketServer({ server: appSync, handleProtocols: () => SUBPROTOCOL }));
  const answer: RequestListener = (request, response) => {
    if (!isNext(request)) return void response.writeHead(202).end();
    asked.resolve();
    response.writeHead(200, INVOCATION).end("{}");
  };
  return {
    appSync: await listen(appSync),
    certificate: certificate.cert,
    runtimeApi: await listen(createServer(answer)),
    announced: announced.promise,
    asked: asked.promise,
  };
}

const isNext = ({ url = "" }: IncomingMessage): boolean => url.endsWith("/runtime/invocation/next");

function answerSubscriptions(server: WebSocketServer): void {
  server.on("connection", (socket) =>
    socket.on("message", (text) => {
      const { type, id }: { readonly type?: string; readonly id?: string } = JSON.parse(String(text));
      if (type === "connection_init") socket.send('{"type":"connection_ack","connectionTimeoutMs":300000}');
      if (type === "subscribe") socket.send(JSON.stringify({ type: "subscribe_success", id }));
    }),
  );
}

async function listen(server: Server & { closeAllConnections(): void }): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `127.0.0.1:${address.port}`;
}
