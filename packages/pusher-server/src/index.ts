import { createServer, type Server } from "node:http";
import { createApiListener } from "./api-server.ts";
import type { CloseReason } from "./close-reason.ts";
import { createFaultSchedule, type FaultPlan } from "./faults.ts";
import { createHub, type Publication } from "./hub.ts";
import { type PusherServerOptions, settingsOf } from "./options.ts";
import { createRequestRecorder, type RequestLog } from "./request-log.ts";
import { attachSocketServer } from "./socket-server.ts";
import { createWebhooks } from "./webhooks.ts";

export type { CloseReason } from "./close-reason.ts";
export type { Fault, FaultEffect, FaultPlan } from "./faults.ts";
export type { Publication } from "./hub.ts";
export type { PusherServerOptions, WebhookTiming } from "./options.ts";
export { parseFault } from "./parse-fault.ts";
export type { RecordedRequest, RequestLog } from "./request-log.ts";

/** Ours: longer than any client's pause between two calls, so that a kept connection is not closed under a request. */
const KEEP_ALIVE_TIMEOUT_MS = 60_000;

export interface PusherServer {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`; the WebSocket side is on the same port. */
  readonly url: string;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  /** Calls the listener for every event the API accepts, once per channel, in order; returns how to stop. */
  onPublish(listener: (publication: Publication) => void): () => void;
  /** Sends webhooks there from now on, for a receiver that starts after the server. */
  sendWebhooksTo(url: string): void;
  /** Closes every WebSocket with this code, as Pusher does when it drains a node (4200) or is full (4100). */
  closeConnections(code: number, reason?: string): void;
  /** Refuses every new WebSocket for this reason, as a full node does (4100); undefined ends it. */
  refuseConnections(reason: CloseReason | undefined): void;
  /** Closes sockets, timers and the port. May be called again. */
  close(): Promise<void>;
}

function listen(server: Server, host: string, port: number): Promise<number> {
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

/** Starts a Pusher Channels app: WebSocket protocol 7, HTTP API and webhooks on one port. */
export async function startPusherServer(options: PusherServerOptions): Promise<PusherServer> {
  const settings = settingsOf(options);
  const faults = createFaultSchedule(options.faults);
  const webhooks = createWebhooks(settings);
  const hub = createHub(settings, webhooks);
  const requests = createRequestRecorder();
  const closing = new AbortController();
  const server = createServer(createApiListener({ hub, faults, requests, closing: closing.signal }));
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  const port = await listen(server, settings.host, settings.port);
  const sockets = attachSocketServer(server, hub);

  const closeAll = async (): Promise<void> => {
    closing.abort();
    webhooks.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await sockets.close();
    server.closeAllConnections();
    await closed;
  };
  let closed: Promise<void> | undefined;
  const host = settings.host;
  return {
    host,
    port,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    faults,
    requests,
    onPublish: hub.onPublish,
    sendWebhooksTo: webhooks.sendTo,
    closeConnections(code, reason = "") {
      for (const connection of [...sockets.connections]) connection.close(code, reason);
    },
    refuseConnections: sockets.refuseConnections,
    close: () => (closed ??= closeAll()),
  };
}
