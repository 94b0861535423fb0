/** Pusher takes at most ten events in a batch (HTTP API reference). */
export const MAX_BATCH_EVENTS = 10;

/** One event for one channel: what a batch is made of. */
export interface Entry {
  readonly channel: string;
  readonly name: string;
  /** JSON text. */
  readonly data: string;
}

/** A routed and guarded event, ready to be published. */
export interface Message {
  readonly name: string;
  readonly channels: readonly string[];
  readonly json: string;
}

/** An entry that remembers which message it came from, by its position. */
export interface PlannedEntry extends Entry {
  readonly message: number;
}

/** Batches of at most ten entries, in message order, nothing lost. */
export function plan(messages: readonly Message[]): readonly (readonly PlannedEntry[])[] {
  const entries = messages.flatMap(({ name, channels, json }, message) =>
    channels.map((channel) => ({ channel, name, data: json, message })),
  );
  const batches: PlannedEntry[][] = [];
  for (let at = 0; at < entries.length; at += MAX_BATCH_EVENTS) batches.push(entries.slice(at, at + MAX_BATCH_EVENTS));
  return batches;
}
