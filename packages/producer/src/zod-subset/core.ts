import type { SubsetSchema } from "./schema.ts";

/** The fields of an object. */
export type $ZodLooseShape = Readonly<Record<string, SubsetSchema<unknown>>>;

/** The type that a schema describes. */
export type output<Schema> = Schema extends SubsetSchema<infer Output> ? Output : never;

interface IssuePlace {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A mismatch, as the relay's texts for the log read it. The producer has its own texts, so this is a type alone. */
export type $ZodIssue = IssuePlace &
  (
    | { readonly code: "invalid_type"; readonly expected: string }
    | { readonly code: "invalid_value"; readonly values: readonly unknown[] }
    | { readonly code: "invalid_format"; readonly format: string }
    | { readonly code: "invalid_union"; readonly errors: readonly (readonly $ZodIssue[])[] }
    | { readonly code: "not_multiple_of"; readonly divisor: number }
    | { readonly code: "too_small"; readonly origin: string; readonly minimum: number }
    | { readonly code: "too_big"; readonly origin: string; readonly maximum: number }
    | { readonly code: "custom" }
  );
