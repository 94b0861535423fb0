import type { SubsetSchema } from "./schema.ts";

/** The fields of an object. */
export type $ZodLooseShape = Readonly<Record<string, SubsetSchema<unknown>>>;

/** The type that a schema describes. */
export type output<Schema> = Schema extends SubsetSchema<infer Output> ? Output : never;
