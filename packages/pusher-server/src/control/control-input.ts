import { MATCH_FIELDS } from "../events/event-match.ts";
import {
  count,
  type FieldSpecs,
  integer,
  isObjectOf,
  mistakesIn,
  type ObjectOf,
  optional,
  text,
  type ValueRule,
} from "../faults/field.ts";
import { type ControlAnswer, problemWith } from "./control-answer.ts";

/** Our choice: the longest pause before an answer. Proxies and HTTP libraries often end a silent request after 60 s. */
export const MAX_WAIT_MS = 60_000;
export const MAX_LISTED_EVENTS = 1_000;

const reason: ValueRule<string> = {
  expected: "a string of at most 123 bytes (RFC 6455)",
  accepts: (value): value is string => typeof value === "string" && Buffer.byteLength(value) <= 123,
};

export const LIST_FIELDS = {
  app: optional(text),
  channel: optional(text),
  event: optional(text),
  search: optional(text),
  since: optional(count),
  limit: optional(integer(1, MAX_LISTED_EVENTS)),
} as const;

export const WAIT_FIELDS = {
  ...MATCH_FIELDS,
  timeoutMs: optional(integer(0, MAX_WAIT_MS)),
} as const;

export const DISCONNECT_FIELDS = {
  app: optional(text),
  socketId: optional(text),
  code: optional(integer(4_000, 4_999)),
  reason: optional(reason),
} as const;

export type Input<Specs extends FieldSpecs> = { readonly value: ObjectOf<Specs> } | { readonly problem: ControlAnswer };

/** The numbers of a query string, which has only texts. */
const NUMBERS = ["since", "limit"];

export const fieldsOfQuery = (query: URLSearchParams): unknown =>
  Object.fromEntries(
    [...query].map(([name, value]) => [name, NUMBERS.includes(name) && /^\d+$/.test(value) ? Number(value) : value]),
  );

/** The JSON of a body; an empty body is an empty object. */
export function jsonOf(body: Buffer): { readonly value: unknown } | { readonly problem: ControlAnswer } {
  if (body.length === 0) return { value: {} };
  try {
    return { value: JSON.parse(body.toString("utf8")) };
  } catch {
    return { problem: invalid("the body must be JSON") };
  }
}

/** The fields that match their description, or a problem that names every mistake. */
export function fieldsIn<Specs extends FieldSpecs>(value: unknown, specs: Specs): Input<Specs> {
  return isObjectOf(value, specs) ? { value } : { problem: invalid(mistakesIn("request", value, specs).join("; ")) };
}

export function fieldsInBody<Specs extends FieldSpecs>(body: Buffer, specs: Specs): Input<Specs> {
  const json = jsonOf(body);
  return "problem" in json ? json : fieldsIn(json.value, specs);
}

export const invalid = (detail: string): ControlAnswer => problemWith(400, "invalid_request", detail);
