import { inspect } from "node:util";
import { isJsonObject } from "../json.ts";

// A small schema language for JSON objects. One description of a field gives its type, its check, its error and its help.

export interface ValueRule<Value> {
  /** Completes "must be …" in an error, and describes the value in the help. */
  readonly expected: string;
  readonly accepts: (value: unknown) => value is Value;
}

export const text: ValueRule<string> = { expected: "a string", accepts: (value) => typeof value === "string" };
export const count: ValueRule<number> = {
  expected: "a whole number from 0 up",
  accepts: (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
};

export const integer = (least: number, most: number): ValueRule<number> => ({
  expected: `a whole number from ${least} to ${most}`,
  accepts: (value): value is number => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
});

/** Node's timers end at once for a longer time. */
export const MAX_TIMER_MS = 2 ** 31 - 1;
/** A time in milliseconds. */
export const ms: ValueRule<number> = {
  expected: `a number from 0 to ${MAX_TIMER_MS}`,
  accepts: (value): value is number => typeof value === "number" && value >= 0 && value <= MAX_TIMER_MS,
};

export interface FieldSpec<Value, Required extends boolean> {
  readonly rule: ValueRule<Value>;
  readonly required: Required;
  readonly meaning: string;
}

export type FieldSpecs = Readonly<Record<string, FieldSpec<unknown, boolean>>>;

export const required = <Value>(rule: ValueRule<Value>, meaning: string): FieldSpec<Value, true> => ({
  rule,
  required: true,
  meaning,
});

export const optional = <Value>(rule: ValueRule<Value>, meaning = ""): FieldSpec<Value, false> => ({
  rule,
  required: false,
  meaning,
});

type ValueOf<Spec> = Spec extends FieldSpec<infer Value, boolean> ? Value : never;
type RequiredNames<Specs extends FieldSpecs> = {
  [Name in keyof Specs]: Specs[Name]["required"] extends true ? Name : never;
}[keyof Specs];

/** Shows an intersection of object types as one object type. */
export type Flat<Type> = { [Name in keyof Type]: Type[Name] };

/** The type of the objects that these fields describe. */
export type ObjectOf<Specs extends FieldSpecs> = Flat<
  { readonly [Name in RequiredNames<Specs>]: ValueOf<Specs[Name]> } & {
    readonly [Name in Exclude<keyof Specs, RequiredNames<Specs>>]?: ValueOf<Specs[Name]>;
  }
>;

/** True if the value has no mistake. `mistakesIn` names them. */
export const isObjectOf = <Specs extends FieldSpecs>(value: unknown, specs: Specs): value is ObjectOf<Specs> =>
  mistakesIn("", value, specs).length === 0;

/** Every mistake in an object: the field, the expected value and the given one. */
export function mistakesIn(at: string, value: unknown, specs: FieldSpecs): readonly string[] {
  if (!isJsonObject(value)) return [mustBe(at, "an object", value)];
  const missing = Object.entries(specs)
    .filter(([name, spec]) => spec.required && value[name] === undefined)
    .map(([name, { rule }]) => `${at}.${name} is required: it must be ${rule.expected}`);
  const wrong = Object.entries(value).flatMap(([name, entry]) => {
    if (entry === undefined) return [];
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (spec === undefined) return [`${at}.${name} is unknown (known: ${Object.keys(specs).join(", ")})`];
    return spec.rule.accepts(entry) ? [] : [mustBe(`${at}.${name}`, spec.rule.expected, entry)];
  });
  return [...missing, ...wrong];
}

export const mustBe = (at: string, expected: string, given: unknown): string =>
  `${at} must be ${expected}, not ${inspect(given, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 80 })}`;
