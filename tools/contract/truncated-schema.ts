import { familyOf } from "@realtime-gateway/events";
import { eventSchema } from "@realtime-gateway/events/event-schema";
import { ID, isSchema, type JsonSchema } from "@realtime-gateway/events/json-schema";

/** The types that a truncated payload can keep. It drops objects, and writes an array as its number of elements. */
const KEPT_TYPES = ["string", "integer", "number", "boolean", "null"];

/** What browsers receive for an event whose payload passes the limit. Members survive only as far as there is room. */
export function truncatedSchema(event: string): JsonSchema {
  const variants = variantsOf(eventSchema(event));
  const properties = Object.assign({}, ...variants.map(({ properties: own }) => truncatedProperties(own)));
  const routes = familyOf(event)?.routes ?? [];
  const ids = routes.flatMap(({ fields }) => fields);
  return {
    type: "object",
    description: `A truncated \`${event}\`: read the whole state over REST. The ids of its channels always survive.`,
    properties: { ...properties, truncated: { const: true } },
    required: ["truncated"],
    ...(ids.length === 0
      ? {}
      : { anyOf: ids.map((field) => ({ type: "object", required: [field], properties: { [field]: ID } })) }),
  };
}

/** The object schemas of a payload: itself, or its alternatives. */
const variantsOf = (schema: JsonSchema): readonly JsonSchema[] =>
  Array.isArray(schema.oneOf) ? schema.oneOf.filter(isSchema) : [schema];

const truncatedProperties = (properties: unknown): JsonSchema =>
  isSchema(properties)
    ? Object.fromEntries(Object.entries(properties).flatMap(([name, schema]) => truncatedProperty(name, schema)))
    : {};

function truncatedProperty(name: string, schema: unknown): readonly (readonly [string, JsonSchema])[] {
  if (!isSchema(schema)) return [];
  const types = [schema.type].flat();
  if (types.includes("array")) return [[`${name}Count`, { type: "integer" }]];
  if (types.includes("object")) return [];
  const kept = types.filter((type) => typeof type === "string" && KEPT_TYPES.includes(type));
  return kept.length === 0 ? [] : [[name, { type: kept.length === 1 ? kept[0] : kept }]];
}
