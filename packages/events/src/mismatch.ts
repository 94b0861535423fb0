import type * as z from "zod/mini";
import type { JsonObject } from "./json-value.ts";

/** A field of a payload that does not match its schema. It holds types and limits, never a value of the payload. */
export interface Mismatch {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

const WHOLE_PAYLOAD = "(payload)";

/** Describes an issue of a schema with this payload. */
export function mismatchOf(issue: z.core.$ZodIssue, data: JsonObject): Mismatch {
  const value = issue.path.reduce<unknown>((at, key) => Object(at)[key], data);
  const isOfExpectedType = issue.code !== "invalid_type" && issue.code !== "invalid_union";
  return {
    path: issue.path.join(".") || WHOLE_PAYLOAD,
    expected: expectedOf(issue),
    got: isOfExpectedType && typeof value === "string" ? "another string" : typeOf(value),
  };
}

export const describeMismatch = ({ path, expected, got }: Mismatch): string =>
  `${path}: expected ${expected}, got ${got}`;

function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected;
    case "invalid_value":
      return issue.values.map((value) => `"${String(value)}"`).join(" or ");
    case "invalid_format":
      return issue.format;
    case "invalid_union":
      return issue.errors.flatMap(([first]) => (first === undefined ? [] : [expectedOf(first)])).join(" or ");
    case "not_multiple_of":
      return `a multiple of ${issue.divisor}`;
    case "too_small":
      return `${issue.origin} of at least ${issue.minimum}`;
    case "too_big":
      return `${issue.origin} of at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function typeOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
