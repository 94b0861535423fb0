import type { JsonObject } from "@realtime-gateway/events";
import { type Routed, route, utf8Bytes } from "@realtime-gateway/routing";
import { type BrowserSize, browserView } from "./browser-view.ts";
import type { CloudEvent } from "./cloud-event.ts";
import { messageGroup } from "./group.ts";
import { type Attributes, attributeBytes, escapeForSqs, MAX_ATTRIBUTES, MAX_BYTES } from "./message-text.ts";
import { invalid, type SendFailure } from "./producer-error.ts";
import type { MessageSettings } from "./settings.ts";
import { type MismatchText, mismatchOf } from "./validate.ts";

/** An event as the queue gets it. */
export interface OutgoingMessage {
  readonly name: string;
  readonly id: string;
  readonly body: string;
  /** With attributes. */
  readonly bytes: number;
  readonly browser: BrowserSize;
  readonly attributes: Attributes;
  /** Messages of a group keep their order. */
  readonly group: string | undefined;
}

export type Prepared =
  | { readonly ok: true; readonly message: OutgoingMessage }
  | { readonly ok: false; readonly failure: SendFailure };

const NO_ATTRIBUTES: Attributes = {};

/** Validates an event and writes its message. A promise only if the schema is asynchronous. */
export function prepare(
  event: CloudEvent,
  settings: MessageSettings,
  attributes: Attributes = NO_ATTRIBUTES,
): Prepared | Promise<Prepared> {
  const broken = brokenMember(event) ?? tooManyAttributes(event, attributes);
  if (broken !== undefined) return failed(invalid(broken));
  if (settings.validate === "off") return write(event, settings, attributes);
  const mismatch = mismatchOf(event.type, event.data, settings.schemas);
  return mismatch instanceof Promise
    ? mismatch.then((resolved) => writeIfValid(event, resolved, settings, attributes))
    : writeIfValid(event, mismatch, settings, attributes);
}

/** The members that a producer itself needs, whatever it validates. */
function brokenMember({ id, type, source }: CloudEvent): string | undefined {
  if (typeof type !== "string" || type === "") return "the event has no name";
  if (typeof id !== "string" || id === "") return `${type}: id must be a string that is not empty`;
  if (typeof source !== "string" || source === "") return `${type}: source must be a string that is not empty`;
  return undefined;
}

/** SQS does not accept such a message, so the gateway would never see it. */
function tooManyAttributes({ type }: CloudEvent, attributes: Attributes): string | undefined {
  const { length } = Object.keys(attributes);
  return length > MAX_ATTRIBUTES ? `${type}: ${length} attributes, and SQS allows ${MAX_ATTRIBUTES}` : undefined;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const failed = (failure: SendFailure): Prepared => ({ ok: false, failure });

function writeIfValid(
  event: CloudEvent,
  mismatch: MismatchText,
  settings: MessageSettings,
  attributes: Attributes,
): Prepared {
  if (mismatch !== undefined && settings.validate === "strict") return failed(invalid(mismatch));
  if (mismatch !== undefined) warn(event, mismatch, settings);
  return write(event, settings, attributes);
}

function warn({ id, type }: CloudEvent, detail: string, { onWarning }: MessageSettings): void {
  onWarning({ code: "invalid", event: type, id, detail });
}

function write(event: CloudEvent, settings: MessageSettings, attributes: Attributes): Prepared {
  const texts = textsOf(event);
  if (!texts.ok) return failed(invalid(texts.detail));
  const { head, json, data } = texts;
  const { id, type: name } = event;
  const read = { name, data, json };
  const routed = route(read, "private");
  if (
    !routed.ok &&
    settings.validate !== "off" &&
    !(routed.code === "unknown_event" && Object.hasOwn(settings.schemas, name))
  ) {
    const detail = `${name}: ${routed.detail}`;
    if (settings.validate === "strict") return failed(invalid(detail));
    warn(event, detail, settings);
  }
  const dataBytes = utf8Bytes(json);
  const bytes = utf8Bytes(head) + dataBytes + 1 + attributeBytes(attributes);
  if (bytes > MAX_BYTES) return failed(tooLarge(name, bytes));
  const channels = routed.ok ? routed.value : undefined;
  return {
    ok: true,
    message: {
      name,
      id,
      body: `${head}${json}}`,
      bytes,
      browser: browserSize(json, dataBytes, channels, settings.payloadLimitBytes),
      attributes,
      group: messageGroup(read, id, channels, settings),
    },
  };
}

const tooLarge = (name: string, bytes: number): SendFailure => ({
  code: "too_large",
  retryable: false,
  detail: `${name}: the message has ${bytes} bytes with its attributes, and SQS allows ${MAX_BYTES}`,
});

type Texts =
  | { readonly ok: true; readonly head: string; readonly json: string; readonly data: JsonObject }
  | { readonly ok: false; readonly detail: string };

/** The JSON text of the payload, and that of all members before it. The payload is the last member of the body. */
function textsOf(event: CloudEvent): Texts {
  const { type, data } = event;
  if (!isObject(data)) return { ok: false, detail: `${type}: the payload must be an object` };
  try {
    const head = escapeForSqs(JSON.stringify({ ...event, data: undefined }));
    const json = escapeForSqs(JSON.stringify(data));
    return { ok: true, head: `${head.slice(0, -1)},"data":`, json, data };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, detail: `${type}: the payload cannot be written as JSON: ${reason}` };
  }
}

/** A payload within the limit travels as it is, so its size needs no second look. */
const browserSize = (json: string, bytes: number, routed: Routed | undefined, limitBytes: number): BrowserSize => {
  if (bytes <= limitBytes) return { bytes, truncated: false };
  const { bytes: viewBytes, truncated } = browserView(json, routed, limitBytes);
  return { bytes: viewBytes, truncated };
};
