import type { Fault } from "./faults/fault-schema.ts";
import {
  ACTIVITY_TIMEOUT_SECONDS,
  INACTIVITY_TIMEOUT_SECONDS,
  PONG_TIMEOUT_SECONDS,
  WEBHOOK_BATCH_MS,
  WEBHOOK_DEPARTURE_DELAY_MS,
  WEBHOOK_RETRY_FOR_MS,
} from "./limits.ts";

export interface PusherServerOptions {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0, any free port. */
  readonly port?: number;
  /** The receiver of signed webhooks. Without it, the server sends none until `sendWebhooksTo`. */
  readonly webhookUrl?: string;
  readonly webhooks?: Partial<WebhookTiming>;
  /** Enables subscription_count: events, webhooks and the info attribute. Default false, as for a new Pusher app. */
  readonly subscriptionCount?: boolean;
  readonly faults?: readonly Fault[];
  /** The server pings a connection after this silence, and asks clients to do the same. Default 120. */
  readonly activityTimeoutSeconds?: number;
  /** The server closes the connection with 4201 if no answer to that ping arrives in this time. Default 30. */
  readonly pongTimeoutSeconds?: number;
  /** The server closes a client without ping support with 4202 after this silence. Default 24 hours. */
  readonly inactivityTimeoutSeconds?: number;
  /** The server closes further connections with 4004. Default: no limit. */
  readonly maxConnections?: number;
  /** Milliseconds since 1970: the clock of timestamps, rate limits and the cache. */
  readonly now?: () => number;
}

export interface WebhookTiming {
  /** Events within this window travel in one request. Default 250. */
  readonly batchMs: number;
  /** The delay of `channel_vacated` and `member_removed`. A return within it cancels them. Default 3 seconds. */
  readonly departureDelayMs: number;
  /** The pause before the first retry. Each further pause is twice as long. Default 1 second. */
  readonly retryAfterMs: number;
  /** The server retries a failed request for this long. Default 5 minutes. */
  readonly retryForMs: number;
}

export type PusherServerSettings = Required<Omit<PusherServerOptions, "webhookUrl" | "faults" | "webhooks">> & {
  readonly webhookUrl: string | undefined;
  readonly webhooks: WebhookTiming;
};

const WEBHOOK_TIMING: WebhookTiming = {
  batchMs: WEBHOOK_BATCH_MS,
  departureDelayMs: WEBHOOK_DEPARTURE_DELAY_MS,
  retryAfterMs: 1_000,
  retryForMs: WEBHOOK_RETRY_FOR_MS,
};

export function settingsOf({ faults: _, ...options }: PusherServerOptions): PusherServerSettings {
  return {
    host: "127.0.0.1",
    port: 0,
    subscriptionCount: false,
    activityTimeoutSeconds: ACTIVITY_TIMEOUT_SECONDS,
    pongTimeoutSeconds: PONG_TIMEOUT_SECONDS,
    inactivityTimeoutSeconds: INACTIVITY_TIMEOUT_SECONDS,
    maxConnections: Number.POSITIVE_INFINITY,
    now: Date.now,
    ...options,
    webhookUrl: options.webhookUrl,
    webhooks: { ...WEBHOOK_TIMING, ...options.webhooks },
  };
}
