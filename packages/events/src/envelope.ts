import { memberSource } from "./json-source.ts";
import { accepted, type Result, rejected } from "./result.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** A domain event out of its envelope. */
export interface DomainEvent {
  readonly name: string;
  readonly data: JsonObject;
  /** The source text of `data`, exactly as the producer wrote it. */
  readonly json: string;
  /** CloudEvents `id` and `source`: together they identify the event. */
  readonly id?: string;
  readonly source?: string;
  /** When it happened, as the envelope says it. */
  readonly time?: string;
}

/** SNS may carry what EventBridge sent, each of them once. */
const MOST_WRAPPERS = 2;

/** Reads one queue message: CloudEvents 1.0 or the legacy webhook envelope, either inside SNS or EventBridge. */
export const decodeEnvelope = (body: string): Result<DomainEvent> => decodeText(body, MOST_WRAPPERS);

function decodeText(source: string, wrappersLeft: number): Result<DomainEvent> {
  const text = source.isWellFormed() ? source : escapeLoneSurrogates(source);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return rejected("invalid_json", wrappersLeft < MOST_WRAPPERS ? "SNS Message is not JSON" : "the body is not JSON");
  }
  return decodeValue(value, text, wrappersLeft);
}

function decodeValue(value: unknown, text: string, wrappersLeft: number): Result<DomainEvent> {
  if (!isObject(value)) return rejected("unknown_envelope", "the message is not a JSON object");
  if ("specversion" in value) return decodeCloudEvent(value, text);
  if (typeof value.event === "string") return decodeLegacy(value, text);
  if (wrappersLeft > 0) {
    if (value.Type === "Notification" && typeof value.Message === "string")
      return decodeText(value.Message, wrappersLeft - 1);
    if (typeof value["detail-type"] === "string" && isObject(value.detail))
      return decodeValue(value.detail, memberSource(text, "detail") ?? "", wrappersLeft - 1);
  }
  // Only `type` and `data` are required of a CloudEvent here: everything else in an envelope is optional.
  if (typeof value.type === "string" && "data" in value) return decodeCloudEvent(value, text);
  return rejected(
    "unknown_envelope",
    "neither CloudEvents 1.0 (type, data) nor the legacy envelope (event, data), nor one of them inside SNS or EventBridge",
  );
}

function decodeCloudEvent(envelope: JsonObject, text: string): Result<DomainEvent> {
  const { specversion = "1.0", type, id, source, time, data } = envelope;
  if (specversion !== "1.0") return rejected("unknown_envelope", "specversion is not 1.0");
  if (typeof type !== "string") return rejected("unknown_envelope", "CloudEvents type is not a string");
  return eventFrom(type, data, text, { id, source, time });
}

function decodeLegacy(envelope: JsonObject, text: string): Result<DomainEvent> {
  const { event, source, timestamp, data } = envelope;
  return eventFrom(String(event), data, text, { id: undefined, source, time: timestamp });
}

function eventFrom(
  name: string,
  data: unknown,
  text: string,
  context: { readonly id: unknown; readonly source: unknown; readonly time: unknown },
): Result<DomainEvent> {
  if (!isObject(data)) return { ...rejected("invalid_event", "data is not a JSON object"), event: name };
  return accepted({
    name,
    data,
    json: memberSource(text, "data") ?? "",
    ...(typeof context.id === "string" && { id: context.id }),
    ...(typeof context.source === "string" && { source: context.source }),
    ...(typeof context.time === "string" && { time: context.time }),
  });
}

/** UTF-8 cannot carry half a surrogate pair, JSON can: as an escape. */
const escapeLoneSurrogates = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
