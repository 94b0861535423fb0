import * as z from "zod/mini";

/** Ids are strings; an integer is accepted and routed by its decimal form. */
export const id = z.union([z.string().check(z.minLength(1)), z.int()]);

export const text = z.string();
export const int = z.int();
export const number = z.number();
export const flag = z.boolean();

/** ISO 8601 date-time, with `Z` or an offset. */
export const iso = z.iso.datetime({ offset: true });

/** `YYYY-MM-DD` */
export const day = z.iso.date();

export const optional = z.optional;

/** Holds when at least one of the fields is there: the ids a family is routed by. */
export const atLeastOne = (...fields: readonly string[]) =>
  z.refine<Record<string, unknown>>((data) => fields.some((field) => data[field] !== undefined), {
    error: `at least one of ${fields.join(", ")} is required`,
  });
