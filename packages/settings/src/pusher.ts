import { clusterHost, type PusherApp } from "@realtime-gateway/pusher";
import { type ChannelForm, DEFAULT_MAX_PAYLOAD_BYTES, PUSHER_MAX_DATA_BYTES } from "@realtime-gateway/routing";
import { createGroup, type Environment, type ValuesOf } from "./group.ts";
import { flag, integer, matching, oneOf, optional, readText, withDefault } from "./setting.ts";

/** The Pusher app, and what is published to it: every function reads these. */
export interface PusherSettings {
  readonly app: PusherApp;
  /** The form of every channel that domain events are published to. */
  readonly form: Exclude<ChannelForm, "presence">;
  readonly maxPayloadBytes: number;
  readonly dryRun: boolean;
  readonly pusherTimeoutMs: number;
}

/** The least that room is made for: two ids, and the word that says what happened. */
export const MIN_PAYLOAD_BYTES = 256;
const ENCRYPTION_KEY_BYTES = 32;
export const DEFAULT_PUSHER_TIMEOUT_MS = 5_000;
const HTTPS_PORT = 443;
const HTTP_PORT = 80;
const BASE64 = /^[A-Za-z0-9+/]+=*$/;

const encryptionKey = readText(
  (text) => Buffer.from(text, "base64").length === ENCRYPTION_KEY_BYTES && BASE64.test(text),
  `must be ${ENCRYPTION_KEY_BYTES} bytes in base64`,
  (text) => Buffer.from(text, "base64"),
);

const variables = {
  PUSHER_APP_ID: matching(/^[\w-]+$/, "must be letters, digits, _ or -"),
  PUSHER_KEY: matching(/^[\w-]+$/, "must be letters, digits, _ or -"),
  PUSHER_SECRET: matching(/^\S+$/, "must not hold white space"),
  PUSHER_CLUSTER: optional(matching(/^[a-z0-9-]+$/, "must be a cluster's name, such as eu")),
  PUSHER_HOST: optional(matching(/^[A-Za-z0-9.-]+$/, "must be a host name without scheme, port or path")),
  PUSHER_PORT: optional(integer(1, 65_535)),
  PUSHER_SCHEME: oneOf("https", "http"),
  PUSHER_USE_PRIVATE_CHANNELS: flag("1"),
  PUSHER_MAX_PAYLOAD_BYTES: withDefault(integer(MIN_PAYLOAD_BYTES, PUSHER_MAX_DATA_BYTES), DEFAULT_MAX_PAYLOAD_BYTES),
  PUSHER_DRY_RUN: flag("0"),
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: optional(encryptionKey),
  REALTIME_PUSHER_TIMEOUT_MS: withDefault(integer(100, 30_000), DEFAULT_PUSHER_TIMEOUT_MS),
};

function contradictions(env: Environment): string[] {
  const faults: string[] = [];
  if (env.PUSHER_CLUSTER === undefined && env.PUSHER_HOST === undefined)
    faults.push("PUSHER_CLUSTER is missing (or PUSHER_HOST, for a Pusher-compatible server)");
  if (env.PUSHER_ENCRYPTION_MASTER_KEY_BASE64 !== undefined && env.PUSHER_USE_PRIVATE_CHANNELS === "0")
    faults.push(
      "PUSHER_ENCRYPTION_MASTER_KEY_BASE64 needs PUSHER_USE_PRIVATE_CHANNELS=1: public channels are not encrypted",
    );
  return faults;
}

function shape(env: ValuesOf<typeof variables>): PusherSettings {
  const tls = env.PUSHER_SCHEME === "https";
  const encryptionMasterKey = env.PUSHER_ENCRYPTION_MASTER_KEY_BASE64;
  return {
    app: {
      appId: env.PUSHER_APP_ID,
      key: env.PUSHER_KEY,
      secret: env.PUSHER_SECRET,
      host: env.PUSHER_HOST ?? clusterHost(env.PUSHER_CLUSTER ?? ""),
      port: env.PUSHER_PORT ?? (tls ? HTTPS_PORT : HTTP_PORT),
      tls,
      ...(encryptionMasterKey && { encryptionMasterKey }),
    },
    form: encryptionMasterKey ? "encrypted" : env.PUSHER_USE_PRIVATE_CHANNELS ? "private" : "public",
    maxPayloadBytes: env.PUSHER_MAX_PAYLOAD_BYTES,
    dryRun: env.PUSHER_DRY_RUN,
    pusherTimeoutMs: env.REALTIME_PUSHER_TIMEOUT_MS,
  };
}

export const pusherSettings = createGroup(variables, shape, contradictions);
