import * as z from "zod/mini";
import { code } from "./markdown.ts";

/** One field of an event's payload, as the docs show it. */
export interface PayloadField {
  /** The names from the payload down to this field: one, or several for a nested field. */
  readonly path: readonly string[];
  readonly type: string;
  readonly isOptional: boolean;
  /** A value of this type. */
  readonly example: unknown;
  /** The value of the payload's discriminator, for a field that only one shape of the payload has. */
  readonly onlyWith?: string;
}

/** The parts of a JSON Schema that the catalog's schemas use. */
interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** The fields of a payload, each followed by its nested ones. A schema with several shapes gives the fields of all. */
export function payloadFields(schema: z.ZodMiniType): readonly PayloadField[] {
  const whole: JsonSchema = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: "input" })));
  const shapes = whole.oneOf ?? [whole];
  const names = new Set(shapes.flatMap(({ properties = {} }) => Object.keys(properties)));
  return [...names].flatMap((name) => {
    const having = shapes.filter(({ properties = {} }) => name in properties);
    const only = having.length < shapes.length && having[0] ? discriminator(having[0], shapes) : undefined;
    const [field, ...nested] = merged(having.map((shape) => fieldsOf(shape, name)));
    return field ? [only === undefined ? field : { ...field, onlyWith: only }, ...nested] : [];
  });
}

/** The same field of several shapes is one field with all of their types. */
function merged(shapes: readonly (readonly PayloadField[])[]): readonly PayloadField[] {
  const [first = []] = shapes;
  return first.map((field, index) => {
    const types = new Set(shapes.flatMap((fields) => fields[index]?.type ?? []));
    return { ...field, type: [...types].join(" or ") };
  });
}

function fieldsOf(parent: JsonSchema, name: string, parentPath: readonly string[] = []): readonly PayloadField[] {
  const schema = parent.properties?.[name] ?? {};
  const path = [...parentPath, name];
  const isOptional = !parent.required?.includes(name);
  const nested = Object.keys(schema.properties ?? {}).flatMap((inner) => fieldsOf(schema, inner, path));
  return [{ path, type: typeText(schema), isOptional, example: exampleOf(schema) }, ...nested];
}

/** The value that distinguishes this shape from the others: of a field that has one fixed value in each of them. */
function discriminator({ properties = {} }: JsonSchema, shapes: readonly JsonSchema[]): string {
  const [, distinct] =
    Object.entries(properties).find(([name]) => {
      const values = shapes.map((shape) => shape.properties?.[name]?.const);
      return !values.includes(undefined) && new Set(values).size === shapes.length;
    }) ?? [];
  return JSON.stringify(distinct?.const);
}

function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((value) => code(JSON.stringify(value))).join(" or ");
  // The only union of types is an id. JSON Schema has no shorter form of an integer without bounds.
  if (schema.anyOf) return "string or integer";
  if (schema.items) return `list of ${typeText(schema.items)}`;
  if (schema.format === "date-time") return "ISO 8601 date-time";
  if (schema.format === "date") return code("YYYY-MM-DD");
  const isBounded = schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER;
  return isBounded ? `${schema.type} from ${schema.minimum}` : (schema.type ?? "any value");
}

const EXAMPLES: Readonly<Record<string, unknown>> = { string: "text", boolean: true, array: [], object: {} };

const exampleOf = (schema: JsonSchema): unknown =>
  schema.const ?? schema.enum?.[0] ?? (schema.anyOf ? "id" : (EXAMPLES[schema.type ?? ""] ?? 1));
