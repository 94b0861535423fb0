import { clusterHost, type PusherApp } from "@realtime-gateway/pusher";
import { DEFAULT_MAX_PAYLOAD_BYTES, PUSHER_MAX_DATA_BYTES } from "@realtime-gateway/routing";
import { appVariables, credentialsOf } from "./app-credentials.ts";
import { channelFaults, channelVariables, type EventChannelForm, formOf, masterKeyOf } from "./channel-form.ts";
import { createGroup, type Environment, type ValuesOf } from "./group.ts";
import { flag, integer, matching, oneOf, optional, withDefault } from "./setting.ts";
import type { DocsOf } from "./setting-doc.ts";

/** The Pusher app and the limits for its use: the settings of every function that publishes. */
export interface PusherSettings {
  readonly app: PusherApp;
  readonly form: EventChannelForm;
  readonly maxPayloadBytes: number;
  readonly dryRun: boolean;
  readonly pusherTimeoutMs: number;
}

/** A truncated payload needs room for two ids and the status. */
const MIN_PAYLOAD_BYTES = 256;
const DEFAULT_PUSHER_TIMEOUT_MS = 5_000;
const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/** The variables that name the Pusher app, its credentials and its address. */
export const PUSHER_APP_VARIABLES = [
  "PUSHER_APP_ID",
  "PUSHER_KEY",
  "PUSHER_SECRET",
  "PUSHER_CLUSTER",
  "PUSHER_HOST",
  "PUSHER_PORT",
  "PUSHER_SCHEME",
] as const;

const variables = {
  PUSHER_APP_ID: matching(/^[\w-]+$/, "must consist of A-Z, a-z, 0-9, _ and -"),
  ...appVariables,
  PUSHER_CLUSTER: optional(matching(/^[a-z0-9-]+$/, "must be a cluster's name, such as eu")),
  PUSHER_HOST: optional(matching(/^[A-Za-z0-9.-]+$/, "must be a host name without scheme, port or path")),
  PUSHER_PORT: optional(integer(1, 65_535)),
  PUSHER_SCHEME: oneOf("https", "http"),
  PUSHER_USE_PRIVATE_CHANNELS: channelVariables.PUSHER_USE_PRIVATE_CHANNELS,
  PUSHER_MAX_PAYLOAD_BYTES: withDefault(integer(MIN_PAYLOAD_BYTES, PUSHER_MAX_DATA_BYTES), DEFAULT_MAX_PAYLOAD_BYTES),
  PUSHER_DRY_RUN: flag("0"),
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: channelVariables.PUSHER_ENCRYPTION_MASTER_KEY_BASE64,
  REALTIME_PUSHER_TIMEOUT_MS: withDefault(integer(100, 30_000), DEFAULT_PUSHER_TIMEOUT_MS),
};

type PusherVariables = ValuesOf<typeof variables>;

function pusherFaults(env: Environment, values: Partial<PusherVariables>): readonly string[] {
  const hasAddress = env.PUSHER_CLUSTER !== undefined || env.PUSHER_HOST !== undefined;
  return [
    ...(hasAddress ? [] : ["PUSHER_CLUSTER is missing (or PUSHER_HOST, for a Pusher-compatible server)"]),
    ...channelFaults(env, values),
  ];
}

function shape(env: PusherVariables): PusherSettings {
  const tls = env.PUSHER_SCHEME === "https";
  return {
    app: {
      appId: env.PUSHER_APP_ID,
      ...credentialsOf(env),
      host: env.PUSHER_HOST ?? clusterHost(env.PUSHER_CLUSTER ?? ""),
      port: env.PUSHER_PORT ?? (tls ? HTTPS_PORT : HTTP_PORT),
      tls,
      ...masterKeyOf(env),
    },
    form: formOf(env),
    maxPayloadBytes: env.PUSHER_MAX_PAYLOAD_BYTES,
    dryRun: env.PUSHER_DRY_RUN,
    pusherTimeoutMs: env.REALTIME_PUSHER_TIMEOUT_MS,
  };
}

export const pusherSettings = createGroup(variables, shape, pusherFaults);

export const pusherDocs = (): DocsOf<typeof variables> => ({
  PUSHER_APP_ID: { meaning: "the Pusher app's id; server-only" },
  PUSHER_KEY: { meaning: "the app's key; public" },
  PUSHER_SECRET: { meaning: "the app's secret; server-only" },
  PUSHER_CLUSTER: { meaning: "the app's cluster; required unless `PUSHER_HOST` is set" },
  PUSHER_HOST: { meaning: "a Pusher-compatible server instead of the cluster" },
  PUSHER_PORT: { meaning: "its port", fallback: "`443`, or `80` with `PUSHER_SCHEME=http`" },
  PUSHER_SCHEME: { meaning: "`http` turns TLS off", fallback: "`https`" },
  PUSHER_USE_PRIVATE_CHANNELS: { meaning: "`0`: public channels, which anybody may subscribe to", fallback: "`1`" },
  PUSHER_MAX_PAYLOAD_BYTES: {
    meaning: `a larger payload arrives truncated; ${MIN_PAYLOAD_BYTES} to ${PUSHER_MAX_DATA_BYTES}`,
    fallback: `\`${DEFAULT_MAX_PAYLOAD_BYTES}\``,
  },
  PUSHER_DRY_RUN: { meaning: "`1`: publish nothing, log each event instead", fallback: "`0`" },
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: {
    meaning: "32 bytes in base64: switches the private channels to encrypted ones",
  },
  REALTIME_PUSHER_TIMEOUT_MS: {
    meaning: "for one request to Pusher, its answer's body included; 100 to 30000",
    fallback: `\`${DEFAULT_PUSHER_TIMEOUT_MS}\``,
  },
});
