import { WEBHOOK_BATCH_EVENTS, WEBHOOK_PARALLEL_REQUESTS, WEBHOOK_QUEUED_REQUESTS } from "../limits.ts";
import type { AppSettings } from "../options.ts";
import { createDepartures } from "./departures.ts";
import { createTaskQueue } from "./task-queue.ts";
import { sendWebhook, signWebhook } from "./webhook-delivery.ts";

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

export type OutgoingWebhookEvent = Arrival | Departure | Incident;

/** Reports the events of the app's channels to the app's own server. */
export interface Webhooks {
  arrived(event: Arrival): void;
  /** Reports a departure after a delay. A return within the delay cancels it. */
  departed(event: Departure): void;
  happened(event: Incident): void;
  /** Sends all further webhooks to this URL. Earlier events are not reported. */
  sendTo(url: string): void;
  /** Drops the events that are still due. */
  clear(): void;
  /** Drops the events that are still due and ends all retries. */
  close(): void;
}

function subjectOf(event: Arrival | Departure): string {
  return "user_id" in event ? `${event.channel} ${event.user_id}` : event.channel;
}

export function createWebhooks(settings: AppSettings): Webhooks {
  const { webhooks: timing } = settings;
  let receiver = timing.url;
  const closing = new AbortController();
  const departures = createDepartures(timing.departureDelayMs);
  // Pusher does not promise an order either: every webhook has its own time.
  const requests = createTaskQueue({ parallel: WEBHOOK_PARALLEL_REQUESTS, queued: WEBHOOK_QUEUED_REQUESTS });
  const batch = createBatch(timing.batchMs, (events) => {
    const url = receiver;
    if (url === undefined) return;
    const request = signWebhook(settings, { time_ms: settings.now(), events });
    requests.add(() => sendWebhook(url, request, timing, closing.signal));
  });
  const clear = (): void => {
    departures.clear();
    requests.clear();
    batch.clear();
  };
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
    clear,
    close() {
      closing.abort();
      clear();
    },
  };
}

/** Collects events until the window ends or the batch is full. */
function createBatch(windowMs: number, send: (events: readonly OutgoingWebhookEvent[]) => void) {
  let events: OutgoingWebhookEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    send(events);
    events = [];
  };
  return {
    add(event: OutgoingWebhookEvent): void {
      events.push(event);
      if (events.length >= WEBHOOK_BATCH_EVENTS) flush();
      else timer ??= setTimeout(flush, windowMs);
    },
    clear(): void {
      clearTimeout(timer);
      timer = undefined;
      events = [];
    },
  };
}
