import type { $ZodLooseShape, output } from "./core.ts";
import { below, issue, type OptionalSubsetSchema, type SubsetSchema, schemaOf } from "./schema.ts";

type OptionalField<Shape> = {
  [Field in keyof Shape]: Shape[Field] extends OptionalSubsetSchema<unknown> ? Field : never;
}[keyof Shape];

/** The type of an object with these fields, and any others. */
export type LooseObject<Shape> = {
  [Field in Exclude<keyof Shape, OptionalField<Shape>>]: output<Shape[Field]>;
} & { [Field in OptionalField<Shape>]?: output<Shape[Field]> } & { [field: string]: unknown };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const NO_OBJECT = [issue("invalid_type", { expected: "object" })];

export function looseObject<Shape extends $ZodLooseShape>(shape: Shape): SubsetSchema<LooseObject<Shape>> {
  const fields = Object.entries<SubsetSchema<unknown>>(shape);
  return schemaOf({
    typeIssues: (value) =>
      isObject(value) ? fields.flatMap(([field, schema]) => below(field, schema.issuesOf(value[field]))) : NO_OBJECT,
    literals: Object.fromEntries(fields.map(([field, { literals }]) => [field, literals[""] ?? []])),
  });
}

/** The value of one field chooses the option. */
export const discriminatedUnion = <const Options extends readonly SubsetSchema<unknown>[]>(
  field: string,
  options: Options,
): SubsetSchema<output<Options[number]>> =>
  schemaOf({
    typeIssues: (value) => {
      if (!isObject(value)) return NO_OBJECT;
      const chosen = options.find(({ literals }) => literals[field]?.includes(value[field]));
      if (chosen !== undefined) return chosen.issuesOf(value);
      const known = options.flatMap(({ literals }) => literals[field] ?? []);
      return [issue("invalid_union", { path: [field], options: known })];
    },
  });
