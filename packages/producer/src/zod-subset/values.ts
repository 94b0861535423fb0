import type { output } from "./core.ts";
import { below, issue, type OptionalSubsetSchema, type SubsetIssue, type SubsetSchema, schemaOf } from "./schema.ts";

const NONE: readonly SubsetIssue[] = [];

const typed = <Output>(expected: string, isOfType: (value: unknown) => boolean): SubsetSchema<Output> =>
  schemaOf({ typeIssues: (value) => (isOfType(value) ? NONE : [issue("invalid_type", { expected })]) });

export const string = (): SubsetSchema<string> => typed("string", (value) => typeof value === "string");
export const number = (): SubsetSchema<number> => typed("number", (value) => Number.isFinite(value));
export const boolean = (): SubsetSchema<boolean> => typed("boolean", (value) => typeof value === "boolean");

/** As in zod, the checks of an integer beyond 2^53 run nevertheless. */
export const int = ({ error: message = "Invalid input" } = {}): SubsetSchema<number> =>
  schemaOf({
    typeIssues: (value) =>
      Number.isSafeInteger(value)
        ? NONE
        : [issue("invalid_type", { expected: "int", message, continues: Number.isInteger(value) })],
  });

const oneOf = <Value>(values: readonly Value[]): SubsetSchema<Value> =>
  schemaOf({
    typeIssues: (value) => (values.some((known) => known === value) ? NONE : [issue("invalid_value", { values })]),
    literals: { "": values },
  });

export const literal = <const Value extends string | number>(value: Value): SubsetSchema<Value> => oneOf([value]);
export const enumOf = <const Value extends string>(values: readonly Value[]): SubsetSchema<Value> => oneOf(values);

export const array = <Element extends SubsetSchema<unknown>>(element: Element): SubsetSchema<output<Element>[]> =>
  schemaOf({
    typeIssues: (value) =>
      Array.isArray(value)
        ? value.flatMap((member, index) => below(index, element.issuesOf(member)))
        : [issue("invalid_type", { expected: "array" })],
  });

export const optional = <Schema extends SubsetSchema<unknown>>(
  schema: Schema,
): OptionalSubsetSchema<output<Schema> | undefined> => ({
  ...schemaOf<output<Schema> | undefined>({
    typeIssues: (value) => (value === undefined ? NONE : schema.issuesOf(value)),
  }),
  isOptional: true,
});

/** The first option without an issue counts. If the type of exactly one option is right, its issues explain the value. */
export const union = <const Options extends readonly SubsetSchema<unknown>[]>(
  options: Options,
): SubsetSchema<output<Options[number]>> =>
  schemaOf({
    typeIssues: (value) => {
      const results = options.map((option) => option.issuesOf(value));
      if (results.some((issues) => issues.length === 0)) return NONE;
      const [only = NONE, ...others] = results.filter((issues) => issues.every(({ continues }) => continues === true));
      return only.length > 0 && others.length === 0 ? only : [issue("invalid_union")];
    },
  });
