import type { BrowserSize } from "./browser-view.ts";
import type { BufferOptions, EventBuffer } from "./buffer-types.ts";
import type { CatalogEvents, NameOf } from "./catalog-events.ts";
import type { CloudEvent, EventToSend } from "./cloud-event.ts";
import type { SendOptions } from "./options.ts";
import type { SendReceipt, SentMany } from "./sent.ts";

/** The payload as browsers get it. */
export interface EventPreview extends BrowserSize {
  readonly event: string;
  /** With private channels, the gateway's default. */
  readonly channels: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

/** Sends the events of the catalog, or those of `createProducer<MyEvents>`. */
export interface Producer<Events = CatalogEvents> {
  /** Sends one event. Throws a `ProducerError` if the event is not in the queue. Calls of one turn share requests. */
  send<Name extends NameOf<Events>>(name: Name, data: Events[Name], options?: SendOptions): Promise<SendReceipt>;
  /** Sends events in as few requests as possible. Never throws for an event. It reads the list as it sends. */
  sendMany(
    events: Iterable<EventToSend<Events>> | AsyncIterable<EventToSend<Events>>,
    options?: SendOptions,
  ): Promise<SentMany>;
  /** Makes and validates an event without sending it, for an outbox. `sendMany` sends it later with its id. */
  event<Name extends NameOf<Events>>(name: Name, data: Events[Name]): CloudEvent<Name, Events[Name]>;
  /** Returns what browsers would get, without sending. */
  preview<Name extends NameOf<Events>>(name: Name, data: Events[Name]): EventPreview;
  /** Collects events and sends them together. */
  buffer(options?: BufferOptions): EventBuffer<Events>;
}
