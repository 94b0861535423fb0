import { accepted, type JsonObject, memberSources, type Result, rejected } from "@realtime-gateway/events";
import { type ChannelForm, MAX_CHANNEL_NAME_LENGTH } from "./channel.ts";
import { utf8Bytes, wireBytes } from "./wire-size.ts";

/** The default of `PUSHER_MAX_PAYLOAD_BYTES`: some room below Pusher's own 10 240. */
export const DEFAULT_MAX_PAYLOAD_BYTES = 9000;

export interface Payload {
  readonly data: JsonObject;
  /** The source text of `data`. */
  readonly json: string;
}

export interface GuardOptions {
  readonly limitBytes: number;
  readonly form: ChannelForm;
  /** Fields that survive whatever the size: the ids that routing used. */
  readonly idFields: readonly string[];
}

export interface Guarded {
  /** What is published: the payload's own text, or the truncated one. */
  readonly json: string;
  /** Size on the wire, in UTF-8 bytes. */
  readonly bytes: number;
  /** Size on the wire before truncation. */
  readonly originalBytes: number;
  readonly truncated: boolean;
}

/**
 * Keeps a payload within the limit. At or under it, the text passes byte for byte. Above, what a viewer can use without
 * the details survives, as much as fits: see `keepRank`. `invalid_event` when not even the routing ids fit.
 */
export function guard(payload: Payload, options: GuardOptions): Result<Guarded> {
  const originalBytes = wireBytes(utf8Bytes(payload.json), options.form);
  if (originalBytes <= options.limitBytes)
    return accepted({ json: payload.json, bytes: originalBytes, originalBytes, truncated: false });

  const json = truncate(payload, options);
  const bytes = wireBytes(utf8Bytes(json), options.form);
  return bytes <= options.limitBytes
    ? accepted({ json, bytes, originalBytes, truncated: true })
    : rejected("invalid_event", `the ids alone pass the limit of ${options.limitBytes} bytes`);
}

interface Survivor {
  /** `"field":value`, as source text. */
  readonly source: string;
  readonly bytes: number;
  readonly rank: number;
  readonly position: number;
}

const TRUNCATED = '"truncated":true';
const BRACES_BYTES = 2;
const COMMA_BYTES = 1;
const ROUTING_ID = 0;

function truncate(payload: Payload, { limitBytes, form, idFields }: GuardOptions): string {
  let bytes = BRACES_BYTES + TRUNCATED.length;
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
  return `{${[...kept, TRUNCATED].join(",")}}`;
}

function survivors({ data, json }: Payload, idFields: readonly string[]): Survivor[] {
  const sources = memberSources(json);
  const found: Survivor[] = [];
  for (const [field, source] of sources) {
    if (field === "truncated") continue;
    const value = data[field];
    const isArray = Array.isArray(value);
    if (isArray && sources.has(`${field}Count`)) continue;
    const rank = idFields.includes(field) ? ROUTING_ID : keepRank(field, value);
    if (rank === undefined) continue;
    const member = isArray
      ? `${JSON.stringify(`${field}Count`)}:${value.length}`
      : `${JSON.stringify(field)}:${source}`;
    found.push({ source: member, bytes: utf8Bytes(member), rank, position: found.length });
  }
  return found;
}

/** Which fields a truncated payload keeps first; within a rank the smallest. Objects have none, and so go. */
function keepRank(field: string, value: unknown): number | undefined {
  if (typeof value === "string") return ID_STATUS_OR_PHASE.test(field) && value.length <= MAX_WORD_LENGTH ? 1 : 4;
  if (Array.isArray(value)) return 3;
  return typeof value === "object" && value !== null ? undefined : 2;
}

/** `audit_id`, `jobId`, `id`, `status`, `current_phase`, `failed_phase`. */
const ID_STATUS_OR_PHASE = /(?:^id|_id|Id|status|phase)$/;

/** No channel carries a longer id: what is longer is a text, whatever its field is called, and must not push out the counts. */
const MAX_WORD_LENGTH = MAX_CHANNEL_NAME_LENGTH;
