import { DEFAULT_MAX_PAYLOAD_BYTES } from "@realtime-gateway/routing";
import type { BufferOptions } from "./buffer-types.ts";
import type { CloudEvent, UncheckedEvent } from "./cloud-event.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { createEventBuffer } from "./event-buffer.ts";
import { toCloudEvent } from "./make-event.ts";
import type { EventOptions, SendOptions } from "./options.ts";
import { prepare } from "./prepare.ts";
import { previewOf } from "./preview.ts";
import { ProducerError } from "./producer-error.ts";
import type { Producer } from "./producer-types.ts";
import { sendMany } from "./send-many.ts";
import { sendOne } from "./send-one.ts";
import type { EventEffects, MessageSettings } from "./settings.ts";
import { MAX_MESSAGES } from "./take-request.ts";

/** Resolves the options that concern the making of messages. */
export const messageSettings = <Own>(
  options: EventOptions<Own> & { readonly source: string },
  isFifo: boolean,
  effects: EventEffects,
): MessageSettings => ({
  ...effects,
  source: options.source,
  validate: options.validate ?? "strict",
  schemas: options.schemas ?? {},
  group: options.group,
  isFifo,
  payloadLimitBytes: options.payloadLimitBytes ?? DEFAULT_MAX_PAYLOAD_BYTES,
  onWarning: options.onWarning ?? emitWarning,
});

/** A producer of any events: what it gets is checked at run time. */
export type UntypedProducer = Producer<Readonly<Record<string, unknown>>>;

/** Assembles a producer from its settings and the way to its queue. */
export function assembleProducer(
  settings: MessageSettings,
  dispatcher: Dispatcher,
  concurrency: number,
): UntypedProducer {
  // Twice as many as fit into all requests, so that each next request is full.
  const deps = { settings, dispatcher, maxAhead: 2 * concurrency * MAX_MESSAGES };
  const sendAll = (events: Iterable<UncheckedEvent> | AsyncIterable<UncheckedEvent>, options: SendOptions = {}) =>
    sendMany(events, options, deps);
  const make = (name: string, data: unknown): CloudEvent => validEvent(name, data, settings);
  return {
    send: (name, data, options = {}) => sendOne([name, data], options, settings, dispatcher),
    sendMany: sendAll,
    event: (name, data) => ({ ...make(name, data), type: name, data }),
    preview: (name, data) => previewOf(make(name, data), settings),
    buffer: (options: BufferOptions = {}) =>
      createEventBuffer(options, { make, sendMany: sendAll, onWarning: settings.onWarning }),
  };
}

function validEvent(name: string, data: unknown, settings: MessageSettings): CloudEvent {
  const event = toCloudEvent([name, data], settings);
  const prepared = prepare(event, settings);
  // An asynchronous schema validates the event when it is sent.
  if (!(prepared instanceof Promise) && !prepared.ok) throw new ProducerError(prepared.failure, event.id);
  return event;
}

const emitWarning: MessageSettings["onWarning"] = ({ code, event, id, detail }) =>
  process.emitWarning(`${event} ${id}: ${detail}`, { type: "ProducerWarning", code });
