import type { ServedApp } from "./apps.ts";
import type { AnyFault } from "./faults/fault-schema.ts";
import {
  ACTIVITY_TIMEOUT_SECONDS,
  INACTIVITY_TIMEOUT_SECONDS,
  PONG_TIMEOUT_SECONDS,
  WEBHOOK_BATCH_MS,
  WEBHOOK_DEPARTURE_DELAY_MS,
  WEBHOOK_RETRY_FOR_MS,
} from "./limits.ts";
import type { TlsFiles } from "./tls/loopback-certificate.ts";

export interface PusherServerOptions {
  /** The apps to serve, each with an id and a key of its own. Default: the app 1000, `local-key`, `local-secret`. */
  readonly apps?: readonly ServedApp[];
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0, any free port. */
  readonly port?: number;
  /** Serves `https` and `wss` only: with a new certificate of 127.0.0.1, ::1 and localhost, or with yours. Default false. */
  readonly tls?: boolean | TlsFiles;
  readonly webhooks?: Partial<WebhookOptions>;
  /** Enables subscription_count: events, webhooks and the info attribute. Default false, as for a new Pusher app. */
  readonly subscriptionCount?: boolean;
  readonly faults?: readonly AnyFault[];
  /** The server pings a connection after this silence, and asks clients to do the same. Default 120. */
  readonly activityTimeoutSeconds?: number;
  /** The server closes the connection with 4201 if no answer to that ping arrives in this time. Default 30. */
  readonly pongTimeoutSeconds?: number;
  /** The server closes a client without ping support with 4202 after this silence. Default 24 hours. */
  readonly inactivityTimeoutSeconds?: number;
  /**
   * Pusher's "authorized connections": the server closes a client with 4009 that has signed in to no user and has subscribed
   * to no private or presence channel in this time. Default: no limit.
   */
  readonly authorizationTimeoutSeconds?: number;
  /** The server closes further connections of an app with 4004. Default: no limit. */
  readonly maxConnections?: number;
  /** Milliseconds since 1970: the clock of timestamps, rate limits and the cache. */
  readonly now?: () => number;
}

export interface WebhookOptions {
  /** The receiver of signed webhooks. Without it, the server sends none until `sendWebhooksTo`. */
  readonly url: string | undefined;
  /** Events within this window travel in one request. Default 250. */
  readonly batchMs: number;
  /** The delay of `channel_vacated` and `member_removed`. A return within it cancels them. Default 3 seconds. */
  readonly departureDelayMs: number;
  /** The pause before the first retry. Each further pause is twice as long. Default 1 second. */
  readonly retryAfterMs: number;
  /** The server retries a failed request for this long. Default 5 minutes. */
  readonly retryForMs: number;
}

export const isWebhookUrl = (url: string): boolean =>
  URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);

/** The settings of one app. */
export type AppSettings = ServedApp &
  Required<Omit<PusherServerOptions, "apps" | "host" | "port" | "tls" | "faults" | "webhooks">> & {
    readonly webhooks: WebhookOptions;
  };

const WEBHOOKS: WebhookOptions = {
  url: undefined,
  batchMs: WEBHOOK_BATCH_MS,
  departureDelayMs: WEBHOOK_DEPARTURE_DELAY_MS,
  retryAfterMs: 1_000,
  retryForMs: WEBHOOK_RETRY_FOR_MS,
};

export function settingsOf(app: ServedApp, options: PusherServerOptions): AppSettings {
  const { apps: _, host: _host, port: _port, tls: _tls, faults: _faults, ...ofEachApp } = options;
  return {
    subscriptionCount: false,
    activityTimeoutSeconds: ACTIVITY_TIMEOUT_SECONDS,
    pongTimeoutSeconds: PONG_TIMEOUT_SECONDS,
    inactivityTimeoutSeconds: INACTIVITY_TIMEOUT_SECONDS,
    authorizationTimeoutSeconds: Number.POSITIVE_INFINITY,
    maxConnections: Number.POSITIVE_INFINITY,
    now: Date.now,
    ...ofEachApp,
    ...app,
    webhooks: { ...WEBHOOKS, ...options.webhooks },
  };
}
