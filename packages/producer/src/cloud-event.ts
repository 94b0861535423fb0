import type { NameOf } from "./catalog-events.ts";

/** A CloudEvent 1.0: the canonical form of an event in the queue. */
export interface CloudEvent<Name extends string = string, Data = unknown> {
  readonly specversion: "1.0";
  /** `source` and `id` identify the event. The gateway publishes an event that it receives twice only once. */
  readonly id: string;
  readonly source: string;
  /** The name of the event. */
  readonly type: Name;
  /** ISO 8601. */
  readonly time: string;
  readonly datacontenttype: "application/json";
  /** W3C trace context, if OpenTelemetry is active. */
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly data: Data;
}

/** An event to send: its name and payload, or a CloudEvent that `event()` made earlier. */
export type EventToSend<Events> = {
  [Name in NameOf<Events>]: readonly [name: Name, data: Events[Name]] | CloudEvent<Name, Events[Name]>;
}[NameOf<Events>];

/** Whatever a caller passes as an event, before anything is checked. */
export type UncheckedEvent = readonly [name: string, data: unknown] | CloudEvent;
