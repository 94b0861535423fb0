import { definitionOf, familyOf } from "./catalog.ts";
import { ID, type JsonSchema, jsonSchemaOf } from "./json-schema.ts";

export const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** The file of an event's schema, below `schemas/`. It is the schema's `$id` too. */
export const schemaFile = (event: string): string => `${event}.json`;

/** The whole document of one event of the catalog: the schema of its payload, with the sample. */
export function eventSchema(event: string): JsonSchema {
  const definition = definitionOf(event);
  if (definition === undefined) throw new Error(`The catalog has no event ${event}`);
  return {
    $schema: DIALECT,
    $id: schemaFile(event),
    title: event,
    description: `The payload of \`${event}\`. More members are allowed. A member that may be absent may be null.`,
    type: "object",
    ...jsonSchemaOf(definition.schema),
    ...needsAnId(event),
    examples: [definition.sample],
  };
}

/** An event needs the id of one of its channels at least. With a single id field, the schema already requires it. */
function needsAnId(event: string): JsonSchema {
  const fields = familyOf(event)?.routes.flatMap((route) => route.fields) ?? [];
  if (fields.length < 2) return {};
  return {
    anyOf: fields.map((field) => ({ type: "object", required: [field], properties: { [field]: ID } })),
  };
}
