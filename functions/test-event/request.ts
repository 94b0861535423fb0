import {
  buildChannel,
  type Guarded,
  guard,
  MAX_EVENT_NAME_LENGTH,
  type Payload,
  parseChannel,
} from "@realtime-gateway/routing";
import type { TestEventSettings } from "@realtime-gateway/settings";
import { Problem } from "../http/app.ts";
import type { Body } from "../http/body.ts";

export interface TestEvent {
  readonly channel: string;
  readonly event: string;
  readonly payload: Guarded;
}

const DEFAULT_EVENT = "realtime.test";
/** Pusher keeps these for itself and for clients. */
const RESERVED_PREFIXES = ["pusher:", "pusher_internal:", "client-"];

/** What to publish, from a body whose every field is optional. Problems: 400 `invalid_body`, 403 `channel_not_allowed`. */
export function readTestEvent(
  body: Body,
  config: Pick<TestEventSettings, "form" | "maxPayloadBytes">,
  now: Date,
): TestEvent {
  const channel = channelFrom(body.fields.channel, config.form);
  const event = eventFrom(body.fields.event);
  const payload = guard(payloadFrom(body, now), {
    limitBytes: config.maxPayloadBytes,
    form: config.form,
    idFields: [],
  });
  if (!payload.ok) throw new Problem(400, "invalid_body", payload.detail);
  return { channel, event, payload: payload.value };
}

function channelFrom(value: unknown, form: TestEventSettings["form"]): string {
  if (value === undefined) {
    const name = buildChannel({ kind: "test" }, form);
    if (name.ok) return name.value;
  }
  if (typeof value !== "string") throw new Problem(400, "invalid_body", "channel is not a string");
  if (parseChannel(value)?.form !== form)
    throw new Problem(403, "channel_not_allowed", `channel is none of the gateway's ${form} channels`);
  return value;
}

function eventFrom(value: unknown = DEFAULT_EVENT): string {
  if (typeof value !== "string" || value === "")
    throw new Problem(400, "invalid_body", "event is not a string of 1 to 200 characters");
  if (value.length > MAX_EVENT_NAME_LENGTH)
    throw new Problem(400, "invalid_body", `event passes ${MAX_EVENT_NAME_LENGTH} characters`);
  if (!/^[^\p{C}]+$/u.test(value))
    throw new Problem(400, "invalid_body", "event holds a character that cannot be printed");
  if (RESERVED_PREFIXES.some((prefix) => value.startsWith(prefix)))
    throw new Problem(400, "invalid_body", "event has a prefix that Pusher reserves");
  return value;
}

/** The payload as its sender wrote it. A form, and a JSON string, carry it as JSON text. */
function payloadFrom({ fields, sourceOf }: Body, now: Date): Payload {
  const { payload } = fields;
  if (payload === undefined) return defaultPayload(now);
  const json = typeof payload === "string" ? payload : (sourceOf("payload") ?? "");
  const data = typeof payload === "string" ? parseText(payload) : payload;
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new Problem(400, "invalid_body", "payload is not a JSON object");
  return { data: { ...data }, json };
}

function defaultPayload(now: Date): Payload {
  const data = { message: "A test event of the realtime gateway", ts: now.toISOString() };
  return { data, json: JSON.stringify(data) };
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, "invalid_body", "payload is not JSON");
  }
}
