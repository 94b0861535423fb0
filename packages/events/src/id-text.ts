import { memberSource } from "./json-source.ts";
import type { JsonObject } from "./json-value.ts";

/**
 * The text of an id in a payload: a string, or an integer of any size in decimal. `undefined` for any other value.
 * `JSON.parse` rounds integers beyond 2^53, so their digits come from `json`, the source text of the payload.
 */
export function idTextOf({ data, json }: { readonly data: JsonObject; readonly json: string }, field: string) {
  const value = data[field];
  if (typeof value === "string") return value;
  if (typeof value !== "number") return undefined;
  return Number.isSafeInteger(value) ? String(value) : decimalOf(memberSource(json, field) ?? "");
}

/** A number of JSON: sign, digits, fraction, exponent. JavaScript itself writes 1e21 as `1e+21`. */
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** No channel carries a longer id. */
const MAX_DIGITS = 200;

/** The decimal digits of a large integer, as its source text means them. */
function decimalOf(source: string): string | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] = NUMBER.exec(source) ?? [];
  const length = whole.length + Number(exponent);
  if (sign === undefined || length > MAX_DIGITS + whole.length) return undefined;
  const digits = (whole + fraction).padEnd(length, "0");
  return /[1-9]/.test(digits.slice(length)) ? undefined : sign + digits.slice(0, length);
}
