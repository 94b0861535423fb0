import {
  buildChannel,
  type Guarded,
  guard,
  MAX_EVENT_NAME_LENGTH,
  type Payload,
  parseChannel,
} from "@realtime-gateway/routing";
import type { TestEventSettings } from "@realtime-gateway/settings";
import type { Body } from "../http/body.ts";
import { Problem } from "../http/problem.ts";

export interface TestEvent {
  readonly channel: string;
  readonly event: string;
  readonly payload: Guarded;
}

const DEFAULT_EVENT = "realtime.test";
/** Pusher reserves these for its own events and for client events. */
const RESERVED_PREFIXES = ["pusher:", "pusher_internal:", "client-"];

/** Reads the event to publish. Every field of the body is optional. Problems: 400 `invalid_body`, 403 `channel_not_allowed`. */
export function readTestEvent(
  body: Body,
  config: Pick<TestEventSettings, "form" | "maxPayloadBytes">,
  now: Date,
): TestEvent {
  const channel = channelFrom(body.field("channel"), config.form);
  const event = eventFrom(body.field("event"));
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
    throw new Problem(403, "channel_not_allowed", `channel is not one of the gateway's ${form} channels`);
  return value;
}

function eventFrom(value: unknown = DEFAULT_EVENT): string {
  if (typeof value !== "string" || value === "")
    throw new Problem(400, "invalid_body", "event is not a string of 1 to 200 characters");
  if (value.length > MAX_EVENT_NAME_LENGTH)
    throw new Problem(400, "invalid_body", `event is longer than ${MAX_EVENT_NAME_LENGTH} characters`);
  if (!/^[^\p{C}]+$/u.test(value))
    throw new Problem(400, "invalid_body", "event contains a character that is not printable");
  if (RESERVED_PREFIXES.some((prefix) => value.startsWith(prefix)))
    throw new Problem(400, "invalid_body", "event has a prefix that Pusher reserves");
  return value;
}

/** Keeps the payload's text as sent. In a form or a JSON string, the payload is JSON text. */
function payloadFrom(body: Body, now: Date): Payload {
  const payload = body.field("payload");
  if (payload === undefined) return defaultPayload(now);
  const json = typeof payload === "string" ? payload : (body.sourceOf("payload") ?? "");
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
