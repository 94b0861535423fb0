import { memberSource } from "./json-source.ts";
import type { JsonObject } from "./json-value.ts";

const DECIMAL = /^-?\d+$/;

/**
 * The text of an id in a payload: a string, or an integer of any size in decimal. `undefined` for any other value.
 * `JSON.parse` rounds integers beyond 2^53, so their digits come from `json`, the source text of the payload.
 */
export function idTextOf({ data, json }: { readonly data: JsonObject; readonly json: string }, field: string) {
  const value = data[field];
  if (typeof value === "string") return value;
  if (typeof value !== "number") return undefined;
  if (Number.isSafeInteger(value)) return String(value);
  const digits = memberSource(json, field) ?? "";
  return DECIMAL.test(digits) ? digits : undefined;
}
