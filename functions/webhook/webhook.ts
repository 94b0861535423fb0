/** Events of a Pusher app: https://pusher.com/docs/channels/server_api/webhooks/ */
export interface Webhook {
  /** Pusher's time of sending, in milliseconds since 1970. */
  readonly timeMs: number;
  readonly events: readonly ReceivedEvent[];
}

export interface ReceivedEvent {
  readonly name: string;
  /** Every event that Pusher documents has a channel. A future one may have none. */
  readonly channel: string | undefined;
  /** Pusher's JSON of the event, with the webhook's `time_ms`. It may hold users' data. */
  readonly json: string;
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Accepts fields and events that Pusher adds later. Returns `undefined` if the body is not a webhook. */
export function parseWebhook(body: Uint8Array): Webhook | undefined {
  try {
    const { time_ms, events }: JsonFields = Object(JSON.parse(strictUtf8.decode(body)));
    if (!Number.isSafeInteger(time_ms) || !Array.isArray(events)) return undefined;
    return { timeMs: Number(time_ms), events: events.map((event) => readEvent(event, time_ms)) };
  } catch {
    // The body is not UTF-8 or JSON, an event is malformed, or it nests too deep for `JSON.stringify`.
    return undefined;
  }
}

type JsonFields = Readonly<Record<string, unknown>>;

function readEvent(event: unknown, time_ms: unknown): ReceivedEvent {
  const { name, channel }: JsonFields = Object(event);
  if (typeof name !== "string" || (channel !== undefined && typeof channel !== "string"))
    throw new TypeError("an event has a name, and its channel is a string");
  return { name, channel, json: JSON.stringify({ ...Object(event), time_ms }) };
}
