import * as z from "zod/mini";
import { lazily } from "./lazily.ts";

/** Ids are strings. An integer of any size is accepted; routing uses its digits. `z.int()` would stop at 2^53. */
export const id = lazily(() => z.union([z.string().check(z.minLength(1)), z.number().check(z.multipleOf(1))]));

export const text = lazily(() => z.string());
/** The text is for producers: for a string, zod itself only reports that it expects a number. */
export const int = lazily(() => z.int({ error: "must be an integer" }));
export const number = lazily(() => z.number());
export const flag = lazily(() => z.boolean());

/** ISO 8601 date-time, with `Z` or an offset. */
export const iso = lazily(() => z.iso.datetime({ offset: true }));

/** `YYYY-MM-DD` */
export const day = lazily(() => z.iso.date());

export const optional = z.optional;

/** Requires at least one of the fields: the ids that route a family. */
export const atLeastOne = (...fields: readonly string[]) =>
  z.refine<Record<string, unknown>>((data) => fields.some((field) => data[field] !== undefined), {
    error: `must be an object with at least one of ${fields.join(", ")}`,
  });
