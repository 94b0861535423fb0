import type { JsonObject } from "./json-value.ts";

/** A field of a payload that does not match its schema. Here it holds types and limits, never a value of the payload. */
export interface Mismatch {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** The members of an issue that a schema of the catalog reports, as zod names them. */
export interface CatalogIssue {
  readonly code?: string;
  readonly message: string;
  readonly expected?: string;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
}

export const WHOLE_PAYLOAD = "the payload";

/** The beginning of the catalog's own texts. Others are texts of zod, which depend on the locale that the process has set. */
const OWN_TEXT = "must be ";

const ID = "a string or an integer";

/** By format, type or code of an issue. */
const KINDS: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  boolean: "a boolean",
  array: "an array",
  object: "an object",
  datetime: 'a date and time such as "2026-03-02T09:00:00Z"',
  date: 'a day such as "2026-03-02"',
  // The only union without options is that of an id.
  invalid_union: ID,
  not_multiple_of: ID,
  too_small: "a string that is not empty",
};

/** The one text of a mismatch: `total_steps must be an integer, got a string`. */
export const describeMismatch = ({ path, expected, got }: Mismatch): string =>
  `${path} must be ${expected}, got ${got}`;

/** Describes an issue of a schema with this payload. */
export function mismatchOf(
  issue: CatalogIssue & { readonly path: readonly PropertyKey[] },
  data: JsonObject,
): Mismatch {
  const value = issue.path.reduce<unknown>((at, key) => Object(at)[key], data);
  return {
    path: issue.path.join(".") || WHOLE_PAYLOAD,
    expected: expectedOf(issue),
    got: issue.code !== "invalid_type" && typeof value === "string" ? "another string" : kindOf(value),
  };
}

export function expectedOf({ code = "", message, values, options, format, expected }: CatalogIssue): string {
  if (message.startsWith(OWN_TEXT)) return message.slice(OWN_TEXT.length);
  const accepted = values ?? options;
  return accepted?.map((value) => JSON.stringify(value)).join(" or ") ?? KINDS[format ?? expected ?? code] ?? message;
}

/** The type of a JSON value, with its article. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return KINDS[Array.isArray(value) ? "array" : typeof value] ?? typeof value;
}
