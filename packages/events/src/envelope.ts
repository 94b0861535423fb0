import { familyOf } from "./catalog.ts";
import { type DomainEvent, eventFrom } from "./domain-event.ts";
import { jsonErrorOf } from "./json-error.ts";
import { memberSource } from "./json-source.ts";
import { isAbsent, isJsonObject, type JsonObject, parseJson } from "./json-value.ts";
import { likelyCause } from "./likely-cause.ts";
import { type Result, rejected } from "./result.ts";

/** As for SNS around EventBridge. */
const MAX_WRAPPERS = 2;

/** An object and its source text. */
interface Envelope {
  readonly value: JsonObject;
  readonly text: string;
}

/**
 * Reads one queue message: CloudEvents 1.0, the legacy webhook envelope or EventBridge's own form, also inside SNS or EventBridge.
 * The names of the message's attributes only help to explain why a body is no envelope.
 */
export const decodeEnvelope = (body: string, attributes: object = {}): Result<DomainEvent> =>
  decodeText(body, MAX_WRAPPERS, attributes);

function decodeText(source: string, wrappersLeft: number, attributes: object): Result<DomainEvent> {
  const parsed = parseJson(source);
  if (!parsed.ok) {
    const subject = wrappersLeft < MAX_WRAPPERS ? "the SNS Message" : "the body";
    return rejected("invalid_json", `${subject} is not JSON: ${jsonErrorOf(parsed.text)}`);
  }
  const { value, text } = parsed;
  const decoded = isJsonObject(value) ? decodeObject({ value, text }, wrappersLeft) : undefined;
  return decoded ?? rejected("unknown_envelope", likelyCause(value, Object.keys(attributes)));
}

/** `undefined` for an object that is no envelope. */
function decodeObject(envelope: Envelope, wrappersLeft: number): Result<DomainEvent> | undefined {
  const { value } = envelope;
  if (!isAbsent(value.specversion)) return decodeCloudEvent(envelope);
  if (typeof value.event === "string") return decodeLegacy(envelope, value.event);
  if (wrappersLeft > 0 && value.Type === "Notification" && "Message" in value)
    return decodeSns(envelope, wrappersLeft - 1);
  if (typeof value["detail-type"] === "string" && "detail" in value)
    return decodeEventBridge(envelope, value["detail-type"], wrappersLeft);
  // The contract requires only `type` and `data`, so a CloudEvent without `specversion` is accepted.
  return typeof value.type === "string" && "data" in value ? decodeCloudEvent(envelope) : undefined;
}

function decodeSns({ value, text }: Envelope, wrappersLeft: number): Result<DomainEvent> | undefined {
  const { Message: message } = value;
  if (typeof message === "string") return decodeText(message, wrappersLeft, {});
  return isJsonObject(message)
    ? decodeObject({ value: message, text: memberSource(text, "Message") ?? "" }, wrappersLeft)
    : undefined;
}

/** `detail` is the payload, unless it is a whole envelope whose name belongs to a family. */
function decodeEventBridge(envelope: Envelope, name: string, wrappersLeft: number): Result<DomainEvent> {
  const inner = wrappersLeft > 0 ? detailOf(envelope) : undefined;
  const wrapped = inner && decodeWholeEnvelope(inner);
  if (wrapped !== undefined) return wrapped;
  const { id, source, time } = envelope.value;
  return eventFrom(name, envelope, "detail", { id, source, time });
}

function detailOf({ value, text }: Envelope): Envelope | undefined {
  const { detail } = value;
  if (isJsonObject(detail)) return { value: detail, text: memberSource(text, "detail") ?? "" };
  const parsed = typeof detail === "string" ? parseJson(detail) : undefined;
  return parsed?.ok && isJsonObject(parsed.value) ? { value: parsed.value, text: parsed.text } : undefined;
}

function decodeWholeEnvelope(envelope: Envelope): Result<DomainEvent> | undefined {
  const { type, event, data } = envelope.value;
  if (data === undefined) return undefined;
  const isOfFamily = (name: unknown): name is string => typeof name === "string" && familyOf(name) !== undefined;
  if (isOfFamily(type)) return decodeCloudEvent(envelope);
  return isOfFamily(event) ? decodeLegacy(envelope, event) : undefined;
}

function decodeCloudEvent(envelope: Envelope): Result<DomainEvent> {
  const { specversion, type, id, source, time } = envelope.value;
  if (!isAbsent(specversion) && specversion !== "1.0") return rejected("unknown_envelope", "specversion is not 1.0");
  if (typeof type !== "string") return rejected("unknown_envelope", "CloudEvents type is not a string");
  return eventFrom(type, envelope, "data", { id, source, time });
}

function decodeLegacy(envelope: Envelope, name: string): Result<DomainEvent> {
  const { source, timestamp } = envelope.value;
  return eventFrom(name, envelope, "data", { source, time: timestamp, timeField: "timestamp" });
}
