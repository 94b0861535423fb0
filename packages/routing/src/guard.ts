import { accepted, type JsonObject, memberSources, type Result, rejected } from "@realtime-gateway/events";
import { type ChannelForm, MAX_CHANNEL_NAME_LENGTH } from "./channel.ts";
import { respell } from "./respell.ts";
import { utf8Bytes, wireBytes } from "./wire-size.ts";

/** The default of `PUSHER_MAX_PAYLOAD_BYTES`. It leaves some room below Pusher's own limit of 10 240 bytes. */
export const DEFAULT_MAX_PAYLOAD_BYTES = 9000;

export interface Payload {
  readonly data: JsonObject;
  /** The source text of `data`. */
  readonly json: string;
}

export interface GuardOptions {
  readonly limitBytes: number;
  readonly form: ChannelForm;
  /** The fields with the ids that routing used. A truncated payload keeps them, whatever their size. */
  readonly idFields: readonly string[];
  /**
   * A member that becomes the last one of the published text, as `"name":value`. It counts, and truncation keeps it. It is left
   * out only if it does not fit beside the routing ids.
   */
  readonly lastMember?: string | undefined;
}

export interface Guarded {
  /** The text to publish: the payload's own text, respelled if it was too large, or the truncated one. */
  readonly json: string;
  /** Size on the wire, in UTF-8 bytes. */
  readonly bytes: number;
  /** Size on the wire before truncation. */
  readonly originalBytes: number;
  readonly truncated: boolean;
}

/**
 * Keeps a payload within the limit. A text at or under the limit passes byte for byte. A larger text is respelled without
 * loss. If it is still too large, it is truncated: it keeps as many members as fit, in the order of `keepRank`. Returns
 * `invalid_event` if not even the routing ids fit.
 */
export function guard(payload: Payload, options: GuardOptions): Result<Guarded> {
  const { limitBytes, form, lastMember } = options;
  const json = withLastMember(payload.json, lastMember);
  const originalBytes = wireBytes(utf8Bytes(json), form);
  return originalBytes <= limitBytes
    ? accepted({ json, bytes: originalBytes, originalBytes, truncated: false })
    : shorten(payload, originalBytes, options);
}

/** Respells, then truncates. Truncation measures the respelled text too, so that equal payloads end equal. */
function shorten({ data, json }: Payload, originalBytes: number, options: GuardOptions): Result<Guarded> {
  const { limitBytes, form, lastMember } = options;
  const ifFits = (text: string, truncated: boolean): Result<Guarded> | undefined => {
    const bytes = wireBytes(utf8Bytes(text), form);
    return bytes <= limitBytes ? accepted({ json: text, bytes, originalBytes, truncated }) : undefined;
  };
  const short = respell(json);
  const shortened =
    ifFits(withLastMember(short, lastMember), false) ?? ifFits(truncate({ data, json: short }, options), true);
  if (shortened !== undefined) return shortened;
  // The ids are worth more than the last member, which may be as long as a producer's event id.
  return lastMember === undefined
    ? rejected("invalid_event", `the ids alone pass the limit of ${limitBytes} bytes`)
    : guard({ data, json }, { ...options, lastMember: undefined });
}

function withLastMember(json: string, member: string | undefined): string {
  if (member === undefined) return json;
  const end = json.lastIndexOf("}");
  const isEmpty = json.slice(json.indexOf("{") + 1, end).trim() === "";
  return `${json.slice(0, end)}${isEmpty ? "" : ","}${member}}`;
}

interface Survivor {
  /** `"field":value`, as source text. */
  readonly source: string;
  readonly bytes: number;
  readonly rank: number;
  readonly position: number;
}

const TRUNCATED = '"truncated":true';
const COUNT = "Count";
const BRACES_BYTES = 2;
const COMMA_BYTES = 1;
const ROUTING_ID = 0;

function truncate(payload: Payload, { limitBytes, form, idFields, lastMember }: GuardOptions): string {
  const added = lastMember === undefined ? [TRUNCATED] : [TRUNCATED, lastMember];
  let bytes = BRACES_BYTES + utf8Bytes(added.join(","));
  const kept = survivors(payload, idFields)
    .sort((a, b) => a.rank - b.rank || a.bytes - b.bytes || a.position - b.position)
    .filter((survivor) => {
      const withIt = bytes + survivor.bytes + COMMA_BYTES;
      if (survivor.rank !== ROUTING_ID && wireBytes(withIt, form) > limitBytes) return false;
      bytes = withIt;
      return true;
    })
    .sort((a, b) => a.position - b.position)
    .map(({ source }) => source);
  return `{${[...kept, ...added].join(",")}}`;
}

function survivors({ data, json }: Payload, idFields: readonly string[]): Survivor[] {
  const sources = memberSources(json);
  const found: Survivor[] = [];
  /** The relay keeps the producer's own count of an array. What is no number makes room for ours. */
  const hasCount = (field: string): boolean =>
    typeof data[field + COUNT] === "number" || idFields.includes(field + COUNT);
  const isReplacedByCount = (field: string): boolean => {
    const counted = field.slice(0, -COUNT.length);
    return field.endsWith(COUNT) && Array.isArray(data[counted]) && !hasCount(counted);
  };
  for (const [field, source] of sources) {
    if (field === "truncated") continue;
    const value = data[field];
    const isArray = Array.isArray(value);
    const rank = idFields.includes(field) ? ROUTING_ID : keepRank(field, value);
    if (rank === undefined || (isArray && hasCount(field))) continue;
    if (rank !== ROUTING_ID && isReplacedByCount(field)) continue;
    const member = isArray ? `${JSON.stringify(field + COUNT)}:${value.length}` : `${JSON.stringify(field)}:${source}`;
    found.push({ source: member, bytes: utf8Bytes(member), rank, position: found.length });
  }
  return found;
}

/** The order in which a truncated payload keeps fields. Within a rank the smallest go first. Objects have no rank and are dropped. */
export function keepRank(field: string, value: unknown): number | undefined {
  if (typeof value === "string") return ID_STATUS_OR_PHASE.test(field) && value.length <= MAX_WORD_LENGTH ? 1 : 4;
  if (Array.isArray(value)) return 3;
  return typeof value === "object" && value !== null ? undefined : 2;
}

/** `audit_id`, `jobId`, `id`, `status`, `current_phase`, `failed_phase`. */
const ID_STATUS_OR_PHASE = /(?:^id|_id|Id|status|phase)$/;

/** No channel carries a longer id. A longer value is a text, whatever its field is called, and must not push out the counts. */
const MAX_WORD_LENGTH = MAX_CHANNEL_NAME_LENGTH;
