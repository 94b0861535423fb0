import { isJsonObject } from "./json-value.ts";

/** Deeper values remain as they are: no schema looks there, and a hostile payload would overflow the stack. */
const MAX_DEPTH = 32;

/**
 * A value without the members that are `null`, down to a depth that no schema reaches. Python and Java write an absent optional
 * field as `null`. Elements of arrays keep their places. A value without such members is returned as it is, so most payloads
 * cost no copy.
 */
export const withoutNulls = (value: unknown): unknown => withoutNullsTo(MAX_DEPTH, value);

function withoutNullsTo(depth: number, value: unknown): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) {
    const elements = value.map((element) => withoutNullsTo(depth - 1, element));
    return elements.some((element, index) => element !== value[index]) ? elements : value;
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withoutNullsTo(depth - 1, member)] as const);
  const isClean = members.every(([name, member]) => member !== null && member === value[name]);
  return isClean ? value : Object.fromEntries(members.filter(([, member]) => member !== null));
}
