import type { SchemaIssue } from "./standard-schema.ts";

/** The members of the issues of the catalog's schemas. Other libraries write a whole message instead. */
interface CatalogIssue extends SchemaIssue {
  readonly code?: string;
  readonly expected?: string;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
  readonly origin?: string;
  readonly minimum?: number;
}

/** The beginning of the catalog's own texts. Others are texts of zod, which depend on the locale that the process has set. */
const OWN_TEXT = "must ";

const MAX_SHOWN = 40;

const ID = "a string or an integer";

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "an integer",
  boolean: "true or false",
  array: "an array",
  object: "an object",
};
const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'a date and time such as "2026-03-02T09:00:00Z"',
  date: 'a day such as "2026-03-02"',
};

/** Describes a mismatch with a schema of the catalog: `total_steps must be an integer, got "5"`. */
export const describeCatalogIssue = (issue: CatalogIssue, data: unknown): string =>
  issue.code === "custom" || issue.message.startsWith(OWN_TEXT)
    ? describeIssue(issue, data)
    : describeIssue({ ...issue, message: `must be ${expected(issue)}` }, data);

/** Describes a mismatch in the words of its schema: the field, the text and the given value. */
export function describeIssue({ path = [], message }: SchemaIssue, data: unknown): string {
  const keys = path.map((part) => (typeof part === "object" ? part.key : part));
  // A rule for the whole payload, such as "at least one of audit_id, fiche_id is required", has no value to show.
  if (keys.length === 0) return message.startsWith(OWN_TEXT) ? `the payload ${message}` : message;
  return `${keys.map(String).join(".")} ${message}, got ${shown(valueAt(data, keys))}`;
}

function expected({ code, values, options, origin, minimum, ...issue }: CatalogIssue): string {
  switch (code) {
    case "invalid_value":
      return oneOf(values ?? []);
    // The only union without options is that of an id.
    case "invalid_union":
      return options === undefined ? ID : oneOf(options);
    case "not_multiple_of":
      return ID;
    case "too_small":
      return origin === "string" ? "a string that is not empty" : `at least ${minimum}`;
    default:
      return FORMATS[issue.format ?? ""] ?? TYPES[issue.expected ?? ""] ?? "valid";
  }
}

const oneOf = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(" or ");

function valueAt(data: unknown, keys: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of keys) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** A value for a message: short, and never more of an object than its kind. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value);
}
