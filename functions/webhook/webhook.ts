import * as z from "zod/mini";

/** What happened in the app, as Pusher tells it: https://pusher.com/docs/channels/server_api/webhooks/ */
export interface Webhook {
  /** When Pusher made it, in milliseconds since 1970. */
  readonly timeMs: number;
  readonly events: readonly WebhookEvent[];
}

export interface WebhookEvent {
  readonly name: string;
  /** Every event there is today has one. */
  readonly channel: string | undefined;
  /** The event as Pusher wrote it and its webhook's `time_ms`, as JSON. Users' data may be in it. */
  readonly json: string;
}

const schema = z.object({
  time_ms: z.int(),
  events: z.array(z.looseObject({ name: z.string(), channel: z.optional(z.string()) })),
});

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** A tolerant reader: fields and events that Pusher adds one day pass. `undefined` for what is no webhook. */
export function parseWebhook(body: Uint8Array): Webhook | undefined {
  try {
    const { time_ms, events } = schema.parse(JSON.parse(strictUtf8.decode(body)));
    return {
      timeMs: time_ms,
      events: events.map((event) => ({
        name: event.name,
        channel: event.channel,
        json: JSON.stringify({ ...event, time_ms }),
      })),
    };
  } catch {
    // Not UTF-8, not JSON, no webhook, or so deep that it cannot be written again.
    return undefined;
  }
}
