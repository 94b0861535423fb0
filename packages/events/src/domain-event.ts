import { parseEventTime } from "./event-time.ts";
import { jsonErrorOf } from "./json-error.ts";
import { memberSource } from "./json-source.ts";
import { isAbsent, isJsonObject, type JsonObject, parseJson } from "./json-value.ts";
import { accepted, type Result, rejected } from "./result.ts";

/** A domain event, taken out of its envelope. */
export interface DomainEvent {
  readonly name: string;
  readonly data: JsonObject;
  /** The source text of `data`, exactly as the producer wrote it. */
  readonly json: string;
  /** CloudEvents `id` and `source`: together they identify the event. */
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  /** The time of the event, as the envelope writes it. */
  readonly time?: string | undefined;
  /** `time` in milliseconds since 1970; `undefined` if `time` cannot be understood. */
  readonly timeMs?: number | undefined;
  /** Envelope fields that do not match the contract, such as `time`. */
  readonly envelopeMismatches?: readonly string[] | undefined;
}

/** The members of an envelope that describe the event. */
export interface EnvelopeMembers {
  readonly id?: unknown;
  readonly source?: unknown;
  readonly time?: unknown;
  /** The envelope's name for the time. Default: `time`. */
  readonly timeField?: string;
}

/**
 * Makes an event of the member `dataMember` of an envelope. The payload may be an object, or the text of one in a string.
 * `invalid_event` for any other payload.
 */
export function eventFrom(
  name: string,
  envelope: { readonly value: JsonObject; readonly text: string },
  dataMember: "data" | "detail",
  members: EnvelopeMembers,
): Result<DomainEvent> {
  const payload = payloadOf(envelope.value[dataMember], memberSource(envelope.text, dataMember) ?? "");
  if (typeof payload === "string") return { ...rejected("invalid_event", `${dataMember} ${payload}`), event: name };
  const { id, source, time, timeField = "time" } = members;
  const parsed = isAbsent(time) ? undefined : parseEventTime(time);
  // One shape for all events: spreading the optional members would cost a third of the reading.
  return accepted({
    name,
    data: payload.data,
    json: payload.json,
    id: typeof id === "string" ? id : undefined,
    source: typeof source === "string" ? source : undefined,
    time: typeof time === "string" || typeof time === "number" ? String(time) : undefined,
    timeMs: parsed?.ms,
    envelopeMismatches: parsed === undefined || parsed.isExact ? undefined : [timeField],
  });
}

/** The payload, or what is wrong with the member that should hold it. */
function payloadOf(value: unknown, source: string): Pick<DomainEvent, "data" | "json"> | string {
  if (isJsonObject(value)) return { data: value, json: source };
  if (typeof value !== "string") return "is not a JSON object";
  const parsed = parseJson(value);
  if (!parsed.ok) return `is a text that is not JSON: ${jsonErrorOf(parsed.text)}`;
  if (isJsonObject(parsed.value)) return { data: parsed.value, json: parsed.text };
  return typeof parsed.value === "string" ? "is encoded twice" : "is not a JSON object";
}
