import { isSchema, type JsonSchema, requiredIn } from "@realtime-gateway/events/json-schema";

/** The TypeScript type of the values that a schema accepts. An optional member has no null: it counts as absent. */
export function typeOf(schema: JsonSchema): string {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (schema.properties === undefined && Array.isArray(alternatives))
    return alternatives.filter(isSchema).map(typeOf).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return union(schema.enum.filter((value) => value !== null).map(literal));
  return union([schema.type].flat().flatMap((type) => (type === "null" ? [] : [ofType(String(type), schema)])));
}

const union = (types: readonly string[]): string => [...new Set(types)].join(" | ");
const literal = (value: unknown): string => JSON.stringify(value);

const SIMPLE: Readonly<Record<string, string>> = {
  boolean: "boolean",
  integer: "number",
  number: "number",
  string: "string",
};

function ofType(type: string, schema: JsonSchema): string {
  if (type === "array") return arrayOf(isSchema(schema.items) ? typeOf(schema.items) : "unknown");
  return type === "object" ? objectType(schema) : (SIMPLE[type] ?? "unknown");
}

const arrayOf = (element: string): string => `readonly ${/^\w+$/.test(element) ? element : `(${element})`}[]`;

function objectType(schema: JsonSchema): string {
  const { properties } = schema;
  if (!isSchema(properties)) return "{ readonly [member: string]: unknown }";
  const members = Object.entries(properties).map(([name, value]) => {
    const optional = requiredIn(schema).includes(name) ? "" : "?";
    return `readonly ${name}${optional}: ${typeOf(isSchema(value) ? value : {})}`;
  });
  return `{ ${members.join("; ")} }`;
}
