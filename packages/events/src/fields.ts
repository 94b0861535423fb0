import * as z from "zod/mini";
import { lazily } from "./lazily.ts";

/** Ids are strings; an integer is accepted and routed by its decimal form. */
export const id = lazily(() => z.union([z.string().check(z.minLength(1)), z.int()]));

export const text = lazily(() => z.string());
export const int = lazily(() => z.int());
export const number = lazily(() => z.number());
export const flag = lazily(() => z.boolean());

/** ISO 8601 date-time, with `Z` or an offset. */
export const iso = lazily(() => z.iso.datetime({ offset: true }));

/** `YYYY-MM-DD` */
export const day = lazily(() => z.iso.date());

export const optional = z.optional;

/** Holds when at least one of the fields is there: the ids a family is routed by. */
export const atLeastOne = (...fields: readonly string[]) =>
  z.refine<Record<string, unknown>>((data) => fields.some((field) => data[field] !== undefined), {
    error: `at least one of ${fields.join(", ")} is required`,
  });
