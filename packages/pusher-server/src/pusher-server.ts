import { type ConnectOptions, connectOptions, urlOf } from "./connect-options.ts";
import type { ChannelView, ConnectionView } from "./controls.ts";
import type { SeenEvent } from "./events/event-log.ts";
import type { EventMatch } from "./events/event-match.ts";
import type { WaitForOptions } from "./events/wait-for.ts";
import type { FaultPlan } from "./faults/fault-schedule.ts";
import type { RequestLog } from "./http/request-log.ts";
import type { Hub, PublishedEvent } from "./hub.ts";
import type { PusherServerOptions } from "./options.ts";
import { openPort, type ServerPort } from "./server-port.ts";
import { createServerState } from "./server-state.ts";
import type { CloseReason } from "./socket/close-reason.ts";

export interface PusherServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** `http://host:port`, or `https://host:port` with `tls`; the WebSocket side is on the same port. */
  readonly url: string;
  /** The server's own certificate as PEM, with `tls`. A client trusts it by NODE_EXTRA_CA_CERTS or an option of its own. */
  readonly certificate: string | undefined;
  /** The options that lead `new Pusher(…)` of pusher-js and of pusher to the first app. */
  readonly options: ConnectOptions;
  /** The same for an app by its id. Throws an Error for an unknown id. */
  optionsOf(appId: string): ConnectOptions;
  readonly faults: FaultPlan;
  /** The calls to the HTTP API. */
  readonly requests: RequestLog;
  /** The events that passed, oldest first: those of the HTTP API and those of clients. The last 10,000. */
  readonly events: readonly SeenEvent[];
  /**
   * Resolves with the first event that matches: one of `events`, or a later one. Rejects with an EventNotSeenError that lists
   * near misses after the timeout.
   */
  waitFor(match: EventMatch, options?: WaitForOptions): Promise<SeenEvent>;
  /** The channels with a subscriber now. */
  channels(): readonly ChannelView[];
  /** The connected clients. */
  connections(): readonly ConnectionView[];
  /** Closes every WebSocket with 4200, as Pusher does when it drains a node. Clients reconnect at once. */
  disconnectAll(): void;
  /**
   * Forgets the events, the calls, the faults, the cached events and the webhooks that are still due, and accepts connections
   * again. It does not change the connections and their subscriptions.
   */
  reset(): Promise<void>;
  /**
   * Calls the listener for every event that the API accepts, once per channel, in order, with the app's id. Returns a function
   * that stops it.
   */
  onPublish(listener: (event: PublishedEvent, app: string) => void): () => void;
  /** Calls the listener with the channel of every subscription that the server accepts. Returns a function that stops it. */
  onSubscribe(listener: (channel: string) => void): () => void;
  /** The subscriptions of a channel now, in all apps. */
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

/** Starts Pusher Channels apps: WebSocket protocol 7, HTTP API and webhooks on one port. Without options, one app on a free port. */
export async function startPusherServer(options: PusherServerOptions = {}): Promise<PusherServer> {
  const state = createServerState(options);
  const { hubs, faults, requests, controls } = state;
  const opened = await openPort(state, options);
  const optionsOf = optionsFor(hubs, opened);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    state.stop();
    closed ??= opened.close();
    return closed;
  };
  return {
    host: opened.host,
    port: opened.port,
    url: urlOf(opened),
    certificate: opened.certificate,
    // pusher-js adds members to the object that it gets.
    get options() {
      return optionsOf();
    },
    optionsOf,
    faults,
    requests,
    get events() {
      return controls.events.entries;
    },
    waitFor: controls.waitFor,
    channels: controls.channels,
    connections: controls.connections,
    disconnectAll: () => void controls.disconnect({}),
    reset: controls.reset,
    ...observersOf(hubs),
    closeConnections: (code, reason = "") => void controls.disconnect({}, code, reason),
    refuseConnections: state.refuseConnections,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The options of an app by its id, by default of the first one. */
const optionsFor =
  (hubs: readonly Hub[], opened: ServerPort) =>
  (appId?: string): ConnectOptions => {
    const app = hubs.find(({ settings }) => appId === undefined || settings.appId === appId)?.settings;
    if (app !== undefined) return connectOptions(app, opened);
    throw new Error(`The server has no app ${appId}. It has ${hubs.map(({ settings }) => settings.appId).join(", ")}.`);
  };

function observersOf(
  hubs: readonly Hub[],
): Pick<PusherServer, "onPublish" | "onSubscribe" | "listenersOf" | "sendWebhooksTo"> {
  return {
    onPublish: (listener) => stopAll(hubs.map((hub) => hub.onPublish(listener))),
    onSubscribe: (listener) => stopAll(hubs.map((hub) => hub.onSubscribe(listener))),
    listenersOf: (channel) => hubs.reduce((sum, { channels }) => sum + channels.subscriptionCount(channel), 0),
    sendWebhooksTo(url) {
      for (const { webhooks } of hubs) webhooks.sendTo(url);
    },
  };
}

const stopAll =
  (stops: readonly (() => void)[]): (() => void) =>
  () => {
    for (const stop of stops) stop();
  };
