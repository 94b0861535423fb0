import { clusterHost, type PusherApp } from "@realtime-gateway/pusher";
import { type ChannelForm, DEFAULT_MAX_PAYLOAD_BYTES, PUSHER_MAX_DATA_BYTES } from "@realtime-gateway/routing";
import * as z from "zod/mini";

/** What the functions run on: plain values, read once from the environment. */
export interface Config {
  readonly app: PusherApp;
  /** The form of every channel that domain events are published to. */
  readonly form: Exclude<ChannelForm, "presence">;
  readonly maxPayloadBytes: number;
  readonly dryRun: boolean;
  readonly pusherTimeoutMs: number;
  /** Web pages from these origins may call the HTTP functions; `*` stands for any. Empty: none. */
  readonly allowedOrigins: readonly string[];
  /** Whether an event that drifted from its schema is delivered. */
  readonly validation: "tolerant" | "strict";
  /** Whether a latest-wins event may take the place of an older one. */
  readonly conflate: boolean;
  /** Where permanent failures go at once; not set, the queue's own redrive takes them. */
  readonly deadLetterQueueUrl: string | undefined;
  /** Older events are acknowledged unpublished. */
  readonly maxEventAgeSeconds: number | undefined;
}

/** The least that room is made for: two ids, and the word that says what happened. */
const MIN_PAYLOAD_BYTES = 256;
const ENCRYPTION_KEY_BYTES = 32;
const DEFAULT_PUSHER_TIMEOUT_MS = 5_000;
/** SQS keeps a message for fourteen days at the most. */
const MAX_EVENT_AGE_SECONDS = 14 * 24 * 60 * 60;
const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/** What the README's table of settings says of a variable. */
export const settingDocs = z.registry<{ readonly meaning: string; readonly fallback?: string }>();

const MISSING = "is missing";
const BASE64 = /^[A-Za-z0-9+/]+=*$/;

const matching = (pattern: RegExp, fault: string) =>
  z.string({ error: MISSING }).check(z.regex(pattern, { error: fault }));

const integer = (min: number, max: number) =>
  z.pipe(
    z.string().check(
      z.refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
        error: `must be an integer from ${min} to ${max}`,
      }),
    ),
    z.transform(Number),
  );

const flag = (fallback: "0" | "1") =>
  z.pipe(
    z._default(z.enum(["0", "1"], { error: "must be 1 or 0" }), fallback),
    z.transform((text) => text === "1"),
  );

const encryptionKey = z.pipe(
  z.string().check(
    z.refine((text) => Buffer.from(text, "base64").length === ENCRYPTION_KEY_BYTES && BASE64.test(text), {
      error: `must be ${ENCRYPTION_KEY_BYTES} bytes in base64`,
    }),
  ),
  z.transform((text) => Buffer.from(text, "base64")),
);

/** As browsers send it: scheme, host and port, nothing after. A URL's host may hold `*`, which no browser would send. */
const isOrigin = (text: string): boolean => URL.parse(text)?.origin === text && !text.includes("*");

const origins = z.pipe(
  z.string().check(
    z.refine((text) => text === "*" || text.split(",").every(isOrigin), {
      error: "must be * or origins such as https://app.example, separated by commas",
    }),
  ),
  z.transform((text) => text.split(",")),
);

/** The variables, in the order of the README's table. */
export const environment = z.object({
  PUSHER_APP_ID: matching(/^[\w-]+$/, "must be letters, digits, _ or -").register(settingDocs, {
    meaning: "the Pusher app's id; server-only",
  }),
  PUSHER_KEY: matching(/^[\w-]+$/, "must be letters, digits, _ or -").register(settingDocs, {
    meaning: "the app's key; public",
  }),
  PUSHER_SECRET: matching(/^\S+$/, "must not hold white space").register(settingDocs, {
    meaning: "the app's secret; server-only",
  }),
  PUSHER_CLUSTER: z
    .optional(matching(/^[a-z0-9-]+$/, "must be a cluster's name, such as eu"))
    .register(settingDocs, { meaning: "the app's cluster; required unless `PUSHER_HOST` is set" }),
  PUSHER_HOST: z
    .optional(matching(/^[A-Za-z0-9.-]+$/, "must be a host name without scheme, port or path"))
    .register(settingDocs, { meaning: "a Pusher-compatible server instead of the cluster" }),
  PUSHER_PORT: z
    .optional(integer(1, 65_535))
    .register(settingDocs, { meaning: "its port", fallback: "`443`, or `80` with `PUSHER_SCHEME=http`" }),
  PUSHER_SCHEME: z
    ._default(z.enum(["https", "http"], { error: "must be https or http" }), "https")
    .register(settingDocs, { meaning: "`http` turns TLS off", fallback: "`https`" }),
  PUSHER_USE_PRIVATE_CHANNELS: flag("1").register(settingDocs, {
    meaning: "`0`: public channels, which anybody may hear",
    fallback: "`1`",
  }),
  PUSHER_MAX_PAYLOAD_BYTES: z
    ._default(integer(MIN_PAYLOAD_BYTES, PUSHER_MAX_DATA_BYTES), DEFAULT_MAX_PAYLOAD_BYTES)
    .register(settingDocs, {
      meaning: `a larger payload arrives truncated; ${MIN_PAYLOAD_BYTES} to ${PUSHER_MAX_DATA_BYTES}`,
      fallback: `\`${DEFAULT_MAX_PAYLOAD_BYTES}\``,
    }),
  PUSHER_DRY_RUN: flag("0").register(settingDocs, {
    meaning: "`1`: publish nothing, log what would be sent",
    fallback: "`0`",
  }),
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: z.optional(encryptionKey).register(settingDocs, {
    meaning: "32 bytes in base64: switches the private channels to encrypted ones",
  }),
  REALTIME_AUTH_MODE: z
    ._default(z.literal("open", { error: "must be open, the only mode there is yet" }), "open")
    .register(settingDocs, {
      meaning: "who may subscribe; `open`: the naming rules and nothing else",
      fallback: "`open`",
    }),
  REALTIME_ALLOWED_ORIGINS: z.optional(origins).register(settingDocs, {
    meaning: "web pages that may call the HTTP functions (CORS): origins separated by commas, or `*`",
    fallback: "none",
  }),
  REALTIME_DLQ_URL: z
    .optional(matching(/^https?:\/\/\S+\/\d+\/[\w-]+(?:\.fifo)?$/, "must be the URL of an SQS queue"))
    .register(settingDocs, {
      meaning: "the dead-letter queue that permanent failures are sent to at once, with their reason",
      fallback: "none: the queue's own redrive takes them",
    }),
  REALTIME_VALIDATION: z
    ._default(z.enum(["tolerant", "strict"], { error: "must be tolerant or strict" }), "tolerant")
    .register(settingDocs, {
      meaning: "`strict` rejects an event that drifted from its schema; `tolerant` delivers it with a warning",
      fallback: "`tolerant`",
    }),
  REALTIME_CONFLATE: flag("1").register(settingDocs, {
    meaning: "`0`: publish every latest-wins event, also where a newer one waits behind it",
    fallback: "`1`",
  }),
  REALTIME_MAX_EVENT_AGE_SECONDS: z.optional(integer(1, MAX_EVENT_AGE_SECONDS)).register(settingDocs, {
    meaning: "events whose `time` is older are acknowledged unpublished; 1 to 1209600",
    fallback: "off",
  }),
  REALTIME_PUSHER_TIMEOUT_MS: z._default(integer(100, 30_000), DEFAULT_PUSHER_TIMEOUT_MS).register(settingDocs, {
    meaning: "for one request to Pusher, its answer's body included; 100 to 30000",
    fallback: `\`${DEFAULT_PUSHER_TIMEOUT_MS}\``,
  }),
});

/** The environment does not add up: one message that names every fault, and no value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "invalid_config";

  constructor(faults: readonly string[]) {
    super(`The environment is not complete or not well-formed:\n${faults.map((fault) => `- ${fault}`).join("\n")}`);
  }
}

/** Reads the configuration; throws `ConfigError`. An empty variable counts as not set. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(set);
  const faults = [
    ...(parsed.error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? []),
    ...contradictions(set),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return shape(parsed.data);
}

function contradictions(env: NodeJS.ProcessEnv): string[] {
  const faults: string[] = [];
  if (env.PUSHER_CLUSTER === undefined && env.PUSHER_HOST === undefined)
    faults.push("PUSHER_CLUSTER is missing (or PUSHER_HOST, for a Pusher-compatible server)");
  if (env.PUSHER_ENCRYPTION_MASTER_KEY_BASE64 !== undefined && env.PUSHER_USE_PRIVATE_CHANNELS === "0")
    faults.push(
      "PUSHER_ENCRYPTION_MASTER_KEY_BASE64 needs PUSHER_USE_PRIVATE_CHANNELS=1: public channels are not encrypted",
    );
  return faults;
}

function shape(env: z.output<typeof environment>): Config {
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
    allowedOrigins: env.REALTIME_ALLOWED_ORIGINS ?? [],
    validation: env.REALTIME_VALIDATION,
    conflate: env.REALTIME_CONFLATE,
    deadLetterQueueUrl: env.REALTIME_DLQ_URL,
    maxEventAgeSeconds: env.REALTIME_MAX_EVENT_AGE_SECONDS,
  };
}
