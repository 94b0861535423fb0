import { createDepartures } from "./departures.ts";
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
  /** Where they are sent from now on. What happened before is not told. */
  sendTo(url: string): void;
  /** Drops what is waiting and stops retrying. */
  close(): void;
}

function subjectOf(event: Arrival | Departure): string {
  return "user_id" in event ? `${event.channel} ${event.user_id}` : event.channel;
}

export function createWebhooks(settings: Settings): Webhooks {
  const { webhooks: timing } = settings;
  let receiver = settings.webhookUrl;
  const closing = new AbortController();
  const departures = createDepartures(timing.departureDelayMs);
  /** First attempts follow one another, so that a receiver in good health sees events in order. */
  let previous: Promise<void> = Promise.resolve();
  const batch = createBatch(timing.batchMs, (events) => {
    const url = receiver;
    if (url === undefined) return;
    const request = signWebhook(settings, { time_ms: settings.now(), events });
    previous = previous.then(() => deliver(url, request, timing, closing.signal));
  });
  const listening = (): boolean => receiver !== undefined && !closing.signal.aborted;
  return {
    happened(event) {
      if (listening()) batch.add(event);
    },
    arrived(event) {
      if (listening() && !departures.cancel(subjectOf(event))) batch.add(event);
    },
    departed(event) {
      if (listening()) departures.hold(subjectOf(event), () => batch.add(event));
    },
    sendTo(url) {
      receiver = url;
    },
    close() {
      closing.abort();
      departures.clear();
      batch.close();
    },
  };
}

/** Collects events until the window is over or the batch is full. */
function createBatch(windowMs: number, send: (events: readonly WebhookEvent[]) => void) {
  let events: WebhookEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    send(events);
    events = [];
  };
  return {
    add(event: WebhookEvent): void {
      events.push(event);
      if (events.length >= WEBHOOK_BATCH_EVENTS) flush();
      else timer ??= setTimeout(flush, windowMs);
    },
    close(): void {
      clearTimeout(timer);
    },
  };
}
