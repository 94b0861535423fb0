import { hash } from "node:crypto";
import { MAX_PAYLOAD_BYTES } from "./contract.ts";

/** A payload as the producer wrote it. Only payloads above the limit keep their text: a run of any length fits into memory. */
export interface SentPayload {
  readonly digest: string;
  /** Missing at or under the limit. */
  readonly text?: string;
}

export const digestOf = (text: string): string => hash("sha1", text, "base64");

export const sentPayload = (text: string): SentPayload =>
  Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES ? { digest: digestOf(text) } : { digest: digestOf(text), text };

/** The first characters of a payload, for a violation. */
const SHOWN_CHARACTERS = 120;

/** The difference between a published payload and the sent one. `undefined` if it is as the contract's section 5 requires. */
export function payloadFault(sent: SentPayload, data: string): string | undefined {
  const shown = data.length > SHOWN_CHARACTERS ? `${data.slice(0, SHOWN_CHARACTERS)}…` : data;
  if (sent.text === undefined)
    return digestOf(data) === sent.digest ? undefined : `another payload than sent: ${shown}`;
  const bytes = Buffer.byteLength(data);
  if (bytes > MAX_PAYLOAD_BYTES) return `a payload of ${bytes} bytes: ${shown}`;
  const fault = truncationFault(sent.text, data);
  return fault === undefined ? undefined : `${fault}: ${shown}`;
}

/** Longer texts may go. No channel name is longer. */
const MAX_KEPT_CHARACTERS = 164;
/** A member with a number: its name and the source text of its value. */
const NUMBER_MEMBER = /"([^"\\]+)"\s*:\s*(-?\d[\d.eE+-]*)\s*[,}]/g;

/**
 * The traffic's payloads have only few short members, so all of them fit. Each one survives, and numbers survive as they are
 * spelled. An array leaves its length. A payload that fits without its escapes is published whole.
 */
function truncationFault(original: string, published: string): string | undefined {
  const before = objectOf(original);
  const after = objectOf(published);
  if (before === undefined || after === undefined) return "a payload that is no JSON object";
  const numbers = numberSpellings(original, before);
  const remaining = numberSpellings(published, after);
  for (const [field, value] of Object.entries(before)) {
    if (after.truncated === true && Array.isArray(value)) {
      if (after[`${field}Count`] !== value.length) return `a truncated payload without the length of ${field}`;
    } else if ((after.truncated !== true || isShort(value)) && !isEqual(after[field], value))
      return `a payload without ${field} as it was`;
    if (remaining.get(field) !== numbers.get(field)) return `a payload with another spelling of ${field}`;
  }
  const extra = Object.keys(after).find((field) => !isDerived(field, after, before));
  if (extra !== undefined) return `a payload with a new or changed ${extra}`;
  const isTooShort = after.truncated === true && Buffer.byteLength(JSON.stringify(before)) < MAX_PAYLOAD_BYTES;
  return isTooShort ? "a truncated payload that fits without its escapes" : undefined;
}

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const isShort = (value: unknown): boolean =>
  typeof value === "number" ||
  typeof value === "boolean" ||
  value === null ||
  (typeof value === "string" && value.length <= MAX_KEPT_CHARACTERS);

function isDerived(field: string, after: JsonFields, before: JsonFields): boolean {
  if (field === "truncated") return true;
  if (Object.hasOwn(before, field)) return isEqual(after[field], before[field]);
  return field.endsWith("Count") && Array.isArray(before[field.slice(0, -"Count".length)]);
}

type JsonFields = Readonly<Record<string, unknown>>;

function objectOf(text: string): JsonFields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The source text of each top-level number. Names of nested members do not occur at the top. */
function numberSpellings(text: string, fields: JsonFields): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  for (const [, field = "", source = ""] of text.matchAll(NUMBER_MEMBER))
    if (Object.hasOwn(fields, field) && !spellings.has(field)) spellings.set(field, source);
  return spellings;
}
