import { createServer, type Server } from "node:http";
import { createFaultSchedule, type FaultPlan } from "./faults/fault-schedule.ts";
import { createApiListener } from "./http/api-server.ts";
import { createRequestRecorder, type RequestLog } from "./http/request-log.ts";
import { createHub, type PublishedEvent } from "./hub.ts";
import { type PusherServerOptions, settingsOf } from "./options.ts";
import type { CloseReason } from "./socket/close-reason.ts";
import { attachSocketServer } from "./socket/socket-server.ts";
import { createWebhooks } from "./webhooks/webhooks.ts";

/** Our choice: longer than the pause between two calls of any client, so that no request meets a closing connection. */
const KEEP_ALIVE_TIMEOUT_MS = 60_000;

export interface PusherServer {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`; the WebSocket side is on the same port. */
  readonly url: string;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  /** Calls the listener for every event the API accepts, once per channel, in order. Returns a function that stops it. */
  onPublish(listener: (event: PublishedEvent) => void): () => void;
  /** Calls the listener with the channel of every subscription that the server accepts. Returns a function that stops it. */
  onSubscribe(listener: (channel: string) => void): () => void;
  /** The subscriptions of a channel now. */
  listenersOf(channel: string): number;
  /** Sends all further webhooks to this URL, for a receiver that starts after the server. */
  sendWebhooksTo(url: string): void;
  /** Closes every WebSocket with this code, as Pusher does when it drains a node (4200) or is full (4100). */
  closeConnections(code: number, reason?: string): void;
  /** Rejects every new WebSocket for this reason, as a full node does (4100); `undefined` accepts them again. */
  refuseConnections(reason: CloseReason | undefined): void;
  /** Closes sockets, timers and the port. A second call has no further effect. */
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
    hub.counts.close();
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
    onSubscribe: hub.onSubscribe,
    listenersOf: (channel) => hub.channels.subscriptionCount(channel),
    sendWebhooksTo: webhooks.sendTo,
    closeConnections(code, reason = "") {
      for (const connection of [...sockets.connections]) connection.close(code, reason);
    },
    refuseConnections: sockets.refuseConnections,
    close: () => (closed ??= closeAll()),
  };
}
