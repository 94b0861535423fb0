import { issue, type SubsetSchema, schemaOf } from "./schema.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CLOCK = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DAY_LENGTH = "2026-03-02".length;

/** A day that the calendar has: `Date` would turn 30 February into 2 March. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

const isDateTime = (text: string): boolean => isDay(text.slice(0, DAY_LENGTH)) && CLOCK.test(text.slice(DAY_LENGTH));

const text = (format: string, isValid: (value: string) => boolean): SubsetSchema<string> =>
  schemaOf({
    typeIssues: (value) => {
      if (typeof value !== "string") return [issue("invalid_type", { expected: "string" })];
      return isValid(value) ? [] : [issue("invalid_format", { format, continues: true })];
    },
  });

export const date = (): SubsetSchema<string> => text("date", isDay);

/** ISO 8601 with `Z` or an offset. The catalog uses no other form. */
export const datetime = (_options: { readonly offset: true }): SubsetSchema<string> => text("datetime", isDateTime);
