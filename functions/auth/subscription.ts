import { Problem } from "../http/app.ts";
import type { Body } from "../http/body.ts";

/** Enough for a hundred form-encoded channel names of 164 characters. */
export const MAX_AUTH_BODY_BYTES = 65_536;

/** Pusher's own libraries send at most this many in one request. */
const MAX_BATCH_CHANNELS = 100;

/** Pusher's grammar with a bounded length. A crafted id once let authorization endpoints sign other strings. */
const SOCKET_ID = /^\d{1,20}\.\d{1,20}$/;

/** A connection that asks for channels. */
export interface Subscription {
  readonly socketId: string;
  /** Without duplicates. */
  readonly channels: readonly string[];
  /** The request lists its channels, as the `pusher-js-auth` plugin does, and expects an answer per channel. */
  readonly batched: boolean;
}

/** Problems: 400 `invalid_socket_id`, 400 `invalid_body`, 400 `too_many_channels`. */
export function subscriptionOf(body: Body): Subscription {
  const socketId = socketIdOf(body);
  const batch = batchIn(body);
  if (batch === undefined) return { socketId, channels: [textOf(body, "channel_name")], batched: false };
  if (batch.length > MAX_BATCH_CHANNELS)
    throw new Problem(400, "too_many_channels", `A request authorizes ${MAX_BATCH_CHANNELS} channels at most`);
  return { socketId, channels: [...new Set(batch)], batched: true };
}

/** The names in `channel_name[0]`, `channel_name[1]` …, or in a JSON array. `undefined` if the request is for one channel. */
function batchIn(body: Body): readonly string[] | undefined {
  const indexed = body.names.filter((name) => /^channel_name\[\d{1,4}\]$/.test(name));
  const whole = body.field("channel_name");
  if (indexed.length > 0 && whole !== undefined)
    throw new Problem(400, "invalid_body", "Send channel_name or channel_name[n], not both");
  if (indexed.length > 0) return indexed.slice(0, MAX_BATCH_CHANNELS + 1).map((name) => textOf(body, name));
  if (!Array.isArray(whole)) return undefined;
  const names: readonly unknown[] = whole;
  if (names.length === 0) throw new Problem(400, "invalid_body", "channel_name lists no channel");
  return names.map((name) => requireText("channel_name", name));
}

/** The connection's id. Problems: 400 `invalid_socket_id`, 400 `invalid_body`. */
export function socketIdOf(body: Body): string {
  const socketId = textOf(body, "socket_id");
  if (!SOCKET_ID.test(socketId)) throw new Problem(400, "invalid_socket_id", "socket_id is not a Pusher socket id");
  return socketId;
}

const textOf = (body: Body, field: string): string => requireText(field, body.field(field));

function requireText(field: string, value: unknown): string {
  if (value === undefined) throw new Problem(400, "invalid_body", `${field} is missing`);
  if (typeof value !== "string") throw new Problem(400, "invalid_body", `${field} is not a string`);
  return value;
}
