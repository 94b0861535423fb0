import { WEBHOOK_BATCH_EVENTS } from "./limits.ts";
import type { Settings } from "./options.ts";
import { deliver, signWebhook } from "./webhook-delivery.ts";

type Arrival =
  | { name: "channel_occupied"; channel: string }
  | { name: "member_added"; channel: string; user_id: string };
type Departure =
  | { name: "channel_vacated"; channel: string }
  | { name: "member_removed"; channel: string; user_id: string };
type Incident =
  | { name: "cache_miss"; channel: string }
  | { name: "subscription_count"; channel: string; subscription_count: number }
  | {
      name: "client_event";
      channel: string;
      event: string;
      data: string | undefined;
      socket_id: string;
      user_id: string | undefined;
    };

export type WebhookEvent = Arrival | Departure | Incident;

/** Tells the app's own server what happens on its channels. */
export interface Webhooks {
  arrived(event: Arrival): void;
  /** Held back for a moment: who returns meanwhile never left. */
  departed(event: Departure): void;
  happened(event: Incident): void;
  /** Drops what is waiting and stops retrying. */
  close(): void;
}

const SILENT: Webhooks = { arrived() {}, departed() {}, happened() {}, close() {} };

function subjectOf(event: Arrival | Departure): string {
  return "user_id" in event ? `${event.channel} ${event.user_id}` : event.channel;
}

export function createWebhooks(settings: Settings): Webhooks {
  const { webhookUrl, webhooks: timing } = settings;
  if (webhookUrl === undefined) return SILENT;
  const closing = new AbortController();
  const departures = new Map<string, NodeJS.Timeout>();
  let batch: WebhookEvent[] = [];
  let batchTimer: NodeJS.Timeout | undefined;
  /** First attempts follow one another, so that a receiver in good health sees events in order. */
  let previous: Promise<void> = Promise.resolve();

  const flush = (): void => {
    clearTimeout(batchTimer);
    const request = signWebhook(settings, { time_ms: settings.now(), events: batch });
    batch = [];
    batchTimer = undefined;
    previous = previous.then(() => deliver(webhookUrl, request, timing, closing.signal));
  };
  const enqueue = (event: WebhookEvent): void => {
    if (closing.signal.aborted) return;
    batch.push(event);
    if (batch.length >= WEBHOOK_BATCH_EVENTS) flush();
    else batchTimer ??= setTimeout(flush, timing.batchMs);
  };
  return {
    happened: enqueue,
    arrived(event) {
      const subject = subjectOf(event);
      const departure = departures.get(subject);
      if (departure === undefined) return enqueue(event);
      clearTimeout(departure);
      departures.delete(subject);
    },
    departed(event) {
      if (closing.signal.aborted) return;
      const subject = subjectOf(event);
      const leave = (): void => {
        departures.delete(subject);
        enqueue(event);
      };
      departures.set(subject, setTimeout(leave, timing.departureDelayMs));
    },
    close() {
      closing.abort();
      clearTimeout(batchTimer);
      for (const departure of departures.values()) clearTimeout(departure);
      departures.clear();
    },
  };
}
