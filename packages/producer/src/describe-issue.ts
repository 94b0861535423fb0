import { type CatalogIssue, describeMismatch, expectedOf, kindOf, WHOLE_PAYLOAD } from "@realtime-gateway/events";
import type { SchemaIssue } from "./standard-schema.ts";

const MAX_SHOWN = 40;

/**
 * Describes a mismatch with a schema of the catalog: `total_steps must be an integer, got "5"`. The gateway has the same text for its log,
 * without the value.
 */
export function describeCatalogIssue(issue: SchemaIssue & CatalogIssue, data: unknown): string {
  const keys = keysOf(issue);
  const path = keys.map(String).join(".") || WHOLE_PAYLOAD;
  return describeMismatch({ path, expected: expectedOf(issue), got: shown(valueAt(data, keys)) });
}

/** Describes a mismatch with an own schema in the words of that schema: the field, the text and the given value. */
export function describeIssue(issue: SchemaIssue, data: unknown): string {
  const keys = keysOf(issue);
  if (keys.length === 0) return issue.message;
  return `${keys.map(String).join(".")} ${issue.message}, got ${shown(valueAt(data, keys))}`;
}

const keysOf = ({ path = [] }: SchemaIssue): readonly PropertyKey[] =>
  path.map((part) => (typeof part === "object" ? part.key : part));

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
  if (typeof value === "string")
    return JSON.stringify(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value);
  return value === undefined || typeof value === "object" ? kindOf(value) : String(value);
}
