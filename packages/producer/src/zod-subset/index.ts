/**
 * The part of `zod/mini` that the catalog uses, under the same names. The packed producer has this instead of zod, so that no
 * service bundles zod for its events (decision 024). A test compares both on every event.
 */

export { minimum, minLength, multipleOf, refine } from "./checks.ts";
export type { output, output as input } from "./core.ts";
export * as core from "./core.ts";
export * as iso from "./iso.ts";
export { discriminatedUnion, looseObject } from "./objects.ts";
export type { SubsetSchema as ZodMiniType } from "./schema.ts";
export { array, boolean, enumOf as enum, int, literal, number, optional, string, union } from "./values.ts";
