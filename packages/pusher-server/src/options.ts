import type { Fault } from "./faults.ts";
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
  /** Receives signed webhooks; none are sent without it, or before `sendWebhooksTo`. */
  readonly webhookUrl?: string;
  readonly webhooks?: Partial<WebhookTiming>;
  /** Sends `pusher_internal:subscription_count` events and webhooks. Default false, as for a new Pusher app. */
  readonly subscriptionCount?: boolean;
  readonly faults?: readonly Fault[];
  /** Silence after which the server pings, and after which it asks clients to. Default 120. */
  readonly activityTimeoutSeconds?: number;
  /** Wait for the answer to that ping before the connection is closed with 4201. Default 30. */
  readonly pongTimeoutSeconds?: number;
  /** Silence after which a client too old to be pinged is closed with 4202. Default 24 hours. */
  readonly inactivityTimeoutSeconds?: number;
  /** Connections above it are closed with 4004. Default none. */
  readonly maxConnections?: number;
  /** Milliseconds since 1970; what timestamps, rate limits and the cache's age are measured by. */
  readonly now?: () => number;
}

export interface WebhookTiming {
  /** Events that happen within it travel in one request. Default 250. */
  readonly batchMs: number;
  /** How long `channel_vacated` and `member_removed` wait for a quick return, which drops them. Default 3 seconds. */
  readonly departureDelayMs: number;
  /** The first pause before a retry; it doubles from there. Default 1 second. */
  readonly retryAfterMs: number;
  /** How long a failed request is retried. Default 5 minutes. */
  readonly retryForMs: number;
}

export type Settings = Required<Omit<PusherServerOptions, "webhookUrl" | "faults" | "webhooks">> & {
  readonly webhookUrl: string | undefined;
  readonly webhooks: WebhookTiming;
};

const WEBHOOK_TIMING: WebhookTiming = {
  batchMs: WEBHOOK_BATCH_MS,
  departureDelayMs: WEBHOOK_DEPARTURE_DELAY_MS,
  retryAfterMs: 1_000,
  retryForMs: WEBHOOK_RETRY_FOR_MS,
};

export function settingsOf({ faults: _, ...options }: PusherServerOptions): Settings {
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
