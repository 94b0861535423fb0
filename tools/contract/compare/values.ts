import type { JsonSchema } from "@realtime-gateway/events/json-schema";
import type { Difference } from "./change.ts";

/** Compares the values that two schemas of one member allow. Absence, and null instead of it, is the parent's question. */
export const compareValues = (before: JsonSchema, after: JsonSchema, path: string): readonly Difference[] => [
  ...compareTypes(typesOf(before), typesOf(after), path),
  ...compareLists(listOf(before), listOf(after), path),
  ...["format", "pattern"].flatMap((keyword) => compareShapes(keyword, before[keyword], after[keyword], path)),
  ...LIMITS.flatMap((limit) => compareLimit(limit, before, after, path)),
];

/** `number` contains `integer`. */
function typesOf({ type }: JsonSchema): readonly unknown[] {
  const types = [type].flat().filter((name) => name !== undefined && name !== "null");
  return types.includes("number") ? [...new Set([...types, "integer"])] : types;
}

const NAMES: Readonly<Record<string, string>> = {
  array: "an array",
  boolean: "a boolean",
  integer: "an integer",
  number: "a number with a fraction",
  object: "an object",
  string: "a string",
};

function compareTypes(before: readonly unknown[], after: readonly unknown[], path: string): readonly Difference[] {
  if (before.length === 0 || after.length === 0) return [];
  const named = (type: unknown): string => NAMES[String(type)] ?? String(type);
  return [
    ...before
      .filter((type) => !after.includes(type))
      .map((type) => ({ side: "producers", detail: `\`${path}\` may no longer be ${named(type)}` }) as const),
    ...after
      .filter((type) => !before.includes(type))
      .map((type) => ({ side: "browsers", detail: `\`${path}\` may now be ${named(type)}` }) as const),
  ];
}

/** The listed values. `undefined` if any value of the type is allowed. */
function listOf({ enum: values, const: constant }: JsonSchema): readonly unknown[] | undefined {
  if (constant !== undefined) return [constant];
  return Array.isArray(values) ? values.filter((value) => value !== null) : undefined;
}

function compareLists(
  before: readonly unknown[] | undefined,
  after: readonly unknown[] | undefined,
  path: string,
): readonly Difference[] {
  const inJson = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(", ");
  if (before === undefined)
    return after === undefined
      ? []
      : [{ side: "producers", detail: `\`${path}\` must now be one of ${inJson(after)}` }];
  if (after === undefined) return [{ side: "browsers", detail: `\`${path}\` may now be other than ${inJson(before)}` }];
  const removed = before.filter((value) => !after.includes(value));
  const added = after.filter((value) => !before.includes(value));
  return [
    ...removed.map(
      (value) => ({ side: "producers", detail: `\`${path}\` may no longer be ${inJson([value])}` }) as const,
    ),
    ...added.map((value) => ({ side: "browsers", detail: `\`${path}\` may now be ${inJson([value])}` }) as const),
  ];
}

/** The shape of a text: a format, such as `date`, or a pattern. */
function compareShapes(keyword: string, before: unknown, after: unknown, path: string): readonly Difference[] {
  if (before === after) return [];
  const must = { side: "producers", detail: `\`${path}\` must now have the ${keyword} ${after}` } as const;
  const may = { side: "browsers", detail: `\`${path}\` may now be other than of the ${keyword} ${before}` } as const;
  return [...(after === undefined ? [] : [must]), ...(before === undefined ? [] : [may])];
}

interface Limit {
  readonly keyword: string;
  /** 1 if a higher value allows less. */
  readonly stricter: 1 | -1;
}

const LIMITS: readonly Limit[] = [
  ...["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"].map(
    (keyword) => ({ keyword, stricter: 1 }) as const,
  ),
  ...["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"].map(
    (keyword) => ({ keyword, stricter: -1 }) as const,
  ),
];

function compareLimit(
  { keyword, stricter }: Limit,
  before: JsonSchema,
  after: JsonSchema,
  path: string,
): readonly Difference[] {
  const [was, is] = [before[keyword], after[keyword]];
  if (was === is) return [];
  const narrowed = is !== undefined && (was === undefined || (Number(is) - Number(was)) * stricter > 0);
  const text = (value: unknown): string => (value === undefined ? "none" : String(value));
  return [
    {
      side: narrowed ? "producers" : "browsers",
      detail: `\`${path}\`: \`${keyword}\` changed from ${text(was)} to ${text(is)}`,
    },
  ];
}
