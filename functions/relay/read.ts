import {
  type DomainEvent,
  decodeEnvelope,
  definitionOf,
  describeMismatch,
  entityOf,
  type Mismatch,
  mismatchOf,
  type Rejected,
  withoutNulls,
} from "@realtime-gateway/events";
import { guard as guardPayload, route as routeEvent } from "@realtime-gateway/routing";
import type { RelaySettings } from "@realtime-gateway/settings";
import type { SQSRecord } from "aws-lambda";
import { groupOf, type ReadyMessage, type RejectedMessage, type Validation } from "./message.ts";
import { eventKey } from "./recent-events.ts";

/** The settings that decide how a message is read. */
export type ReadConfig = Pick<RelaySettings, "form" | "maxPayloadBytes" | "validation" | "stamp">;

/** A message whose event is known. */
export interface DecodedMessage {
  readonly kind: "decoded";
  readonly record: SQSRecord;
  readonly event: DomainEvent;
}

/** A message whose channels are known. */
export interface RoutedMessage extends Omit<DecodedMessage, "kind"> {
  readonly kind: "routed";
  readonly channels: readonly string[];
  /** The payload fields that hold the ids of these channels. */
  readonly idFields: readonly string[];
  readonly validation: Validation;
}

/** Finds the event inside the envelope. */
export function decode(record: SQSRecord): DecodedMessage | RejectedMessage {
  const decoded = decodeEnvelope(record.body, record.messageAttributes);
  return decoded.ok ? { kind: "decoded", record, event: decoded.value } : reject(record, decoded);
}

/**
 * Finds the channels of the event, and validates its payload. A payload with sound ids is published even if another field does
 * not match the schema: the relay only warns. `REALTIME_VALIDATION=strict` rejects it.
 */
export function route(
  message: DecodedMessage | RejectedMessage,
  { form, validation: mode }: Pick<RelaySettings, "form" | "validation">,
): RoutedMessage | RejectedMessage {
  if (message.kind === "rejected") return message;
  const { record, event } = message;
  const routed = routeEvent(event, form);
  if (!routed.ok) return reject(record, routed, event);
  const validation = validationOf(event, mode);
  if (mode === "strict" && validation.kind === "differs") {
    const detail = `the payload does not match its schema: ${validation.mismatches.map(describeMismatch).join("; ")}`;
    return reject(record, { ok: false, code: "invalid_event", detail }, event);
  }
  const { channels, idFields } = routed.value;
  return { kind: "routed", record, event, channels, idFields, validation: withEnvelope(validation, event) };
}

/** Keeps the payload within the limit. */
export function guard(
  message: RoutedMessage | RejectedMessage,
  { form, maxPayloadBytes, stamp }: Pick<RelaySettings, "form" | "maxPayloadBytes" | "stamp">,
): ReadyMessage | RejectedMessage {
  if (message.kind === "rejected") return message;
  const { record, event, channels, idFields, validation } = message;
  const lastMember = stamp ? stampOf(event) : undefined;
  const guarded = guardPayload(event, { limitBytes: maxPayloadBytes, form, idFields, lastMember });
  if (!guarded.ok) return reject(record, guarded, event);
  const { json, originalBytes, truncated } = guarded.value;
  return {
    kind: "ready",
    record,
    group: groupOf(record),
    name: event.name,
    eventId: event.id,
    channels,
    json,
    entity: entityOf(event),
    timeMs: event.timeMs,
    key: eventKey(event),
    validation,
    idFields,
    truncatedFromBytes: truncated ? originalBytes : undefined,
    outcome: undefined,
    duplicateOf: undefined,
    replacedBy: undefined,
    replacesOlder: false,
  };
}

/** RFC 3339 with a zone, which every browser reads alike. */
const BROWSER_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** The member that lets viewers recognize duplicates and older events (`REALTIME_STAMP`). */
function stampOf({ id, time = "", timeMs }: DomainEvent): string {
  // Browsers would read a time without a zone as their own, and an epoch time not at all.
  const readable = timeMs === undefined || BROWSER_TIME.test(time) ? time : new Date(timeMs).toISOString();
  return `"_realtime":${JSON.stringify({ id, time: readable || undefined })}`;
}

const reject = (record: SQSRecord, rejection: Rejected, event?: DomainEvent): RejectedMessage => ({
  kind: "rejected",
  record,
  group: groupOf(record),
  rejection: event === undefined ? rejection : { ...rejection, event: event.name, eventId: event.id },
  outcome: undefined,
});

/** A warning names the first few fields. */
const MAX_MISMATCHES = 10;
/**
 * Larger payloads are not validated, because zod lists every issue (docs/decisions/005). A payload that is published whole has
 * 10,240 bytes at most, and up to three times as many characters if its text is written as \u escapes.
 */
const MAX_VALIDATED_CHARACTERS = 32_768;

const MATCHES: Validation = { kind: "matches" };

/** Compares a payload with its schema. In tolerant mode a schema that throws does not stop the event: no message depends on it. */
function validationOf(event: DomainEvent, mode: RelaySettings["validation"]): Validation {
  try {
    const mismatches = mismatchesOf(event);
    return mismatches.length === 0 ? MATCHES : { kind: "differs", mismatches };
  } catch (error) {
    if (mode === "strict") throw error;
    return { kind: "broken_schema", error: error instanceof Error ? error.name : "unknown" };
  }
}

/** A field of the envelope that cannot be understood is worth a warning. No mode rejects the event for it. */
function withEnvelope(validation: Validation, { envelopeMismatches = [] }: DomainEvent): Validation {
  if (envelopeMismatches.length === 0 || validation.kind === "broken_schema") return validation;
  return {
    kind: "differs",
    mismatches: [
      ...envelopeMismatches.map((path) => ({ path, expected: "ISO 8601 or epoch time", got: "another form" })),
      ...(validation.kind === "differs" ? validation.mismatches : []),
    ],
  };
}

/** An event outside the catalog has no schema, and so no mismatches. */
function mismatchesOf({ name, data, json }: DomainEvent): readonly Mismatch[] {
  if (json.length > MAX_VALIDATED_CHARACTERS) return [];
  const present = json.includes("null") ? withoutNulls(data) : data;
  const issues = definitionOf(name)?.schema.safeParse(present).error?.issues ?? [];
  return issues.slice(0, MAX_MISMATCHES).map((issue) => mismatchOf(issue, data));
}
