import * as z from "zod/mini";
import { id } from "./fields.ts";

/** A JSON Schema, or a part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

export const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An id: a text, or an integer of any size. */
export const ID = { type: ["string", "integer"], minLength: 1 } as const;

/** The JSON Schema 2020-12 of a Zod schema. It accepts the payloads that the gateway accepts without a warning. */
export const jsonSchemaOf = (schema: z.core.$ZodType): JsonSchema =>
  withNulls(
    z.toJSONSchema(schema, {
      target: "draft-2020-12",
      override: ({ zodSchema, jsonSchema }) => (zodSchema === id() ? becomeId(jsonSchema) : simplify(jsonSchema)),
    }),
  );

function becomeId(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.anyOf;
  Object.assign(schema, ID);
}

/** Removes what describes Zod's implementation and not the payload. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.$schema;
  if (isEmptyObject(schema.additionalProperties)) delete schema.additionalProperties;
  if (schema.format === "date-time" || schema.format === "date") delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

const isEmptyObject = (value: unknown): boolean => isSchema(value) && Object.keys(value).length === 0;

/** A member that may be absent may be null, as in the gateway's validation: many languages write an absent field as null. */
function withNulls(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (keyword === "properties" && isSchema(value)) return [keyword, nullableProperties(value, requiredIn(schema))];
    if (Array.isArray(value)) return [keyword, value.map((part: unknown) => (isSchema(part) ? withNulls(part) : part))];
    return [keyword, isSchema(value) ? withNulls(value) : value];
  });
  return Object.fromEntries(entries);
}

const nullableProperties = (properties: JsonSchema, required: readonly unknown[]): JsonSchema =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const property = isSchema(value) ? withNulls(value) : {};
      return [name, required.includes(name) ? property : nullable(property)];
    }),
  );

/** The schema that accepts null too. */
function nullable(schema: JsonSchema): JsonSchema {
  const { type, enum: values, const: constant, ...rest } = schema;
  if (type === undefined) return { anyOf: [schema, { type: "null" }] };
  const allowed = constant === undefined ? values : [constant];
  return { type: [type, "null"].flat(), ...(Array.isArray(allowed) ? { enum: [...allowed, null] } : {}), ...rest };
}

/** The names of the members that an object schema requires. */
export const requiredIn = ({ required }: JsonSchema): readonly unknown[] => (Array.isArray(required) ? required : []);
