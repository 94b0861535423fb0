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

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** A tolerant reader: fields and events that Pusher adds one day pass. `undefined` for what is no webhook. */
export function parseWebhook(body: Uint8Array): Webhook | undefined {
  try {
    const { time_ms, events }: Fields = Object(JSON.parse(strictUtf8.decode(body)));
    if (!Number.isSafeInteger(time_ms) || !Array.isArray(events)) return undefined;
    return { timeMs: Number(time_ms), events: events.map((event) => readEvent(event, time_ms)) };
  } catch {
    // Not UTF-8, not JSON, an event that is none, or so deep that it cannot be written again.
    return undefined;
  }
}

/** What may stand in JSON's members. */
type Fields = Readonly<Record<string, unknown>>;

function readEvent(event: unknown, time_ms: unknown): WebhookEvent {
  const { name, channel }: Fields = Object(event);
  if (typeof name !== "string" || (channel !== undefined && typeof channel !== "string"))
    throw new TypeError("an event has a name, and its channel is text");
  return { name, channel, json: JSON.stringify({ ...Object(event), time_ms }) };
}
