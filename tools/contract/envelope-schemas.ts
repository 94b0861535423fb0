import { eventNames } from "@realtime-gateway/events";
import type { JsonSchema } from "@realtime-gateway/events/json-schema";
import { schemaPath } from "./event-facts.ts";

interface EnvelopeSchema extends JsonSchema {
  readonly description: string;
}

const TIME = {
  description: "ISO 8601 (in UTC if it has no zone), epoch seconds or epoch milliseconds.",
  type: ["string", "number", "null"],
} as const;
const TEXT = { type: ["string", "null"] } as const;

/** The event's name and payload in an envelope: a listed event must match its schema, and other names are allowed. */
const eventIn = (nameMember: string, dataMember: string): JsonSchema => ({
  required: [nameMember, dataMember],
  allOf: eventNames.map((event) => ({
    if: { required: [nameMember], properties: { [nameMember]: { const: event } } },
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema, and no code awaits this object.
    then: { properties: { [dataMember]: { anyOf: [{ $ref: schemaPath(event) }, { type: "string" }] } } },
  })),
});

const name = { type: "string", minLength: 1, maxLength: 200, examples: ["audit.progress"] } as const;
const data = {
  description: "The payload, or its JSON text in a string.",
  type: ["object", "string"],
} as const;

/** The envelopes that the queue accepts, by the name of their schema. */
export const envelopeSchemas = (): Readonly<Record<string, EnvelopeSchema>> => ({
  CloudEvent: {
    description: "CloudEvents 1.0 in structured mode, the preferred form.",
    type: "object",
    properties: { specversion: { const: "1.0" }, id: TEXT, source: TEXT, type: name, time: TIME, data },
    ...eventIn("type", "data"),
  },
  LegacyEnvelope: {
    description: "The envelope of the former webhooks.",
    type: "object",
    properties: { event: name, timestamp: TIME, source: TEXT, data },
    ...eventIn("event", "data"),
  },
  EventBridgeEvent: {
    description: "EventBridge's own form. `detail` may also be a whole CloudEvent or a legacy envelope.",
    type: "object",
    properties: {
      id: TEXT,
      "detail-type": name,
      source: TEXT,
      time: TIME,
      detail: { type: ["object", "string"] },
    },
    required: ["detail-type", "detail"],
  },
  SnsNotification: {
    description: "An SNS notification around any of the other forms.",
    type: "object",
    properties: {
      Type: { const: "Notification" },
      Message: { description: "One of the other forms, or its JSON text.", type: ["object", "string"] },
    },
    required: ["Type", "Message"],
  },
});
