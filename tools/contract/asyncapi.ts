import { ENTITY_KINDS, eventNames, type RoutedKind } from "@realtime-gateway/events";
import type { JsonSchema } from "@realtime-gateway/events/json-schema";
import { envelopeSchemas } from "./envelope-schemas.ts";
import { idFieldsOf, latestWinsOf, routedKinds, schemaPath } from "./event-facts.ts";
import { truncatedSchema } from "./truncated-schema.ts";

/** The AsyncAPI 3.1 document: the queue that producers send to, and the channels that browsers subscribe to. */
export const asyncApi = (version: string): JsonSchema => ({
  asyncapi: "3.1.0",
  info: {
    title: "Realtime gateway",
    version,
    license: { name: "MIT", url: "https://opensource.org/license/mit" },
    description:
      "Services send domain events to a queue. The gateway publishes each event to Pusher channels. Browsers receive it and read the current state over REST. Delivery is at least once and best effort.",
  },
  defaultContentType: "application/json",
  servers: {
    queue: { host: "sqs.{region}.amazonaws.com", protocol: "sqs", variables: { region: { default: "eu-west-3" } } },
    pusher: { host: "ws-{cluster}.pusher.com", protocol: "wss", variables: { cluster: { default: "eu" } } },
  },
  channels: { queue: queue(), ...Object.fromEntries(routedKinds().map((kind) => [kind, channelOf(kind)])) },
  operations: {
    receive: {
      action: "receive",
      channel: { $ref: "#/channels/queue" },
      security: [{ $ref: "#/components/securitySchemes/aws" }],
      summary: "The gateway receives a domain event.",
    },
    ...Object.fromEntries(routedKinds().map((kind) => [`publish-${kind}`, publishing(kind)])),
  },
  components: {
    securitySchemes: {
      aws: { type: "http", scheme: "AWS4-HMAC-SHA256", description: "The policy of the queue allows the producer." },
      subscription: { type: "http", scheme: "bearer", description: "The gateway's `/auth` authorizes a subscription." },
    },
    messages: { ...queueMessages(), ...Object.fromEntries(eventNames.map((name) => [name, message(name)])) },
    schemas: {
      ...envelopeSchemas(),
      ...Object.fromEntries(eventNames.map((name) => [`${name}.truncated`, truncatedSchema(name)])),
    },
  },
});

const queue = (): JsonSchema => ({
  address: "{queueUrl}",
  description: "One event per SQS message, in one of these envelopes. A body has 1 MiB at most, with its attributes.",
  servers: [{ $ref: "#/servers/queue" }],
  parameters: { queueUrl: { description: "The URL of the stage's queue, an output of the deployment." } },
  messages: Object.fromEntries(
    Object.keys(envelopeSchemas()).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
  ),
});

const queueMessages = (): JsonSchema =>
  Object.fromEntries(
    Object.entries(envelopeSchemas()).map(([name, { description }]) => [
      name,
      { name, summary: description, payload: { $ref: `#/components/schemas/${name}` } },
    ]),
  );

const isEntity = (kind: RoutedKind): boolean => ENTITY_KINDS.some((entity) => entity === kind);

/** A Pusher channel of one kind. `PUSHER_USE_PRIVATE_CHANNELS=0` drops the prefix `private-`. */
function channelOf(kind: RoutedKind): JsonSchema {
  const carried = eventNames.filter((name) => idFieldsOf(name).has(kind));
  return {
    address: isEntity(kind) ? `private-${kind}-{${kind}Id}` : `private-${kind}`,
    description:
      "The name with private channels, the default. Public channels have no prefix; encrypted ones have `private-encrypted-`.",
    servers: [{ $ref: "#/servers/pusher" }],
    ...(isEntity(kind) ? { parameters: { [`${kind}Id`]: parameter(kind, carried) } } : {}),
    messages: Object.fromEntries(carried.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  };
}

function parameter(kind: RoutedKind, carried: readonly string[]): JsonSchema {
  const [field] = carried.flatMap((name) => idFieldsOf(name).get(kind) ?? []);
  return {
    description: `The id of the ${kind}. Bytes outside \`A-Z a-z 0-9 _ - @ , . ;\` are \`=\` and two upper-case hex digits of UTF-8.`,
    location: `$message.payload#/${field}`,
  };
}

const publishing = (kind: RoutedKind): JsonSchema => ({
  action: "send",
  channel: { $ref: `#/channels/${kind}` },
  security: [{ $ref: "#/components/securitySchemes/subscription" }],
  summary: `The gateway publishes the events of the ${kind} channel.`,
});

/**
 * A published event: the bare payload. `x-channels` lists its channels with the fields that may carry the id.
 * `x-latest-wins-entity` lists the choices of its entity: ids, each with the spellings of its field.
 */
function message(name: string): JsonSchema {
  const entity = latestWinsOf(name);
  return {
    name,
    summary: `The payload of \`${name}\`, or its truncated form.`,
    "x-channels": [...idFieldsOf(name)].map(([kind, fields]) => ({ kind, fields })),
    ...(entity === undefined ? {} : { description: replaced(entity), "x-latest-wins-entity": entity }),
    payload: { anyOf: [{ $ref: schemaPath(name) }, { $ref: `#/components/schemas/${name}.truncated` }] },
  };
}

const replaced = (entity: readonly (readonly (readonly string[])[])[]): string =>
  `A newer event of the same entity may replace it. The entity is ${entity
    .map((ids) => ids.map((spellings) => spellings.map((field) => `\`${field}\``).join(" or ")).join(" and "))
    .join(", else ")}.`;
