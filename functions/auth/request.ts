import { Problem } from "../http/app.ts";
import type { Body } from "../http/body.ts";

/** Room for a hundred channel names of 164 characters, form-encoded. */
export const MAX_AUTH_BODY_BYTES = 65_536;

/** As many as Pusher's own libraries take in one call. */
const MAX_BATCH_CHANNELS = 100;

/** Pusher's grammar, bounded: a crafted id once let authorization endpoints sign other strings. */
const SOCKET_ID = /^\d{1,20}\.\d{1,20}$/;

/** What is to be authorized. */
export interface Subscription {
  readonly socketId: string;
  /** None twice. */
  readonly channels: readonly string[];
  /** Asked for as the `pusher-js-auth` plugin asks, which expects an answer for each; otherwise there is one channel. */
  readonly batched: boolean;
}

/** Problems: 400 `invalid_socket_id`, 400 `invalid_body`, 400 `too_many_channels`. */
export function subscriptionOf(body: Body): Subscription {
  const socketId = socketIdOf(body);
  const batch = Object.keys(body.fields).filter((name) => /^channel_name\[\d{1,4}\]$/.test(name));
  if (batch.length === 0) return { socketId, channels: [requiredText(body, "channel_name")], batched: false };
  if (body.fields.channel_name !== undefined)
    throw new Problem(400, "invalid_body", "Send channel_name or channel_name[n], not both");
  if (batch.length > MAX_BATCH_CHANNELS)
    throw new Problem(400, "too_many_channels", `A request authorizes ${MAX_BATCH_CHANNELS} channels at most`);
  return { socketId, channels: [...new Set(batch.map((name) => requiredText(body, name)))], batched: true };
}

/** Whose connection it is. Problems: 400 `invalid_socket_id`, 400 `invalid_body`. */
export function socketIdOf(body: Body): string {
  const socketId = requiredText(body, "socket_id");
  if (!SOCKET_ID.test(socketId)) throw new Problem(400, "invalid_socket_id", "socket_id is not a Pusher socket id");
  return socketId;
}

function requiredText({ fields }: Body, field: string): string {
  const value = fields[field];
  if (value === undefined) throw new Problem(400, "invalid_body", `${field} is missing`);
  if (typeof value !== "string") throw new Problem(400, "invalid_body", `${field} is not a string`);
  return value;
}
