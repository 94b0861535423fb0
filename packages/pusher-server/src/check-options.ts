import type { ServedApp } from "./apps.ts";
import {
  count,
  type FieldSpec,
  integer,
  MAX_TIMER_MS,
  mistakesIn,
  ms,
  optional,
  required,
  text,
  type ValueRule,
} from "./faults/field.ts";
import { isJsonObject } from "./json.ts";
import type { PusherServerOptions, WebhookOptions } from "./options.ts";

// JavaScript has no compiler, and Node takes most values: it listens on a socket file for the port "abc".

type FieldsOf<Options> = Readonly<Record<keyof Options, FieldSpec<unknown, boolean>>>;

const MAX_PORT = 65_535;
const MAX_SECONDS = Math.floor(MAX_TIMER_MS / 1_000);

const name: ValueRule<string> = {
  expected: "a string that is not empty",
  accepts: (value): value is string => typeof value === "string" && value !== "",
};
const flag: ValueRule<boolean> = { expected: "true or false", accepts: (value) => typeof value === "boolean" };
const list: ValueRule<readonly unknown[]> = { expected: "a list", accepts: (value) => Array.isArray(value) };
const object: ValueRule<object> = { expected: "an object", accepts: isJsonObject };
const clock: ValueRule<unknown> = {
  expected: "a function",
  accepts: (value): value is unknown => typeof value === "function",
};
const tls: ValueRule<unknown> = {
  expected: "true, false or an object with cert and key",
  accepts: (value): value is unknown =>
    typeof value === "boolean" || (isJsonObject(value) && "cert" in value && "key" in value),
};
const seconds: ValueRule<number> = {
  expected: `a number from 0 to ${MAX_SECONDS}`,
  accepts: (value): value is number => typeof value === "number" && value >= 0 && value <= MAX_SECONDS,
};
const orInfinite = ({ expected, accepts }: ValueRule<number>): ValueRule<number> => ({
  expected: `${expected}, or Infinity`,
  accepts: (value): value is number => value === Number.POSITIVE_INFINITY || accepts(value),
});

const OPTIONS: FieldsOf<PusherServerOptions> = {
  apps: optional(list),
  host: optional(name),
  port: optional(integer(0, MAX_PORT)),
  tls: optional(tls),
  webhooks: optional(object),
  subscriptionCount: optional(flag),
  faults: optional(list),
  activityTimeoutSeconds: optional(seconds),
  pongTimeoutSeconds: optional(seconds),
  inactivityTimeoutSeconds: optional(seconds),
  authorizationTimeoutSeconds: optional(orInfinite(seconds)),
  maxConnections: optional(orInfinite(count)),
  now: optional(clock),
};

const WEBHOOKS: FieldsOf<WebhookOptions> = {
  url: optional(text),
  batchMs: optional(ms),
  departureDelayMs: optional(ms),
  retryAfterMs: optional(ms),
  retryForMs: optional(ms),
};

const APP: FieldsOf<ServedApp> = {
  appId: required(name, ""),
  key: required(name, ""),
  secret: required(name, ""),
};

/** Throws a TypeError that names every misspelt or malformed option. The apps and the faults have further checks of their own. */
export function checkOptions(options: PusherServerOptions): void {
  const mistakes = [...mistakesIn("options", options, OPTIONS), ...mistakesInParts(Object(options))];
  if (mistakes.length > 0) throw new TypeError(`Invalid options: ${mistakes.join("; ")}`);
}

function mistakesInParts({ apps, webhooks }: PusherServerOptions): readonly string[] {
  return [
    ...(Array.isArray(apps) ? apps.flatMap((app, index) => mistakesIn(`apps[${index}]`, app, APP)) : []),
    ...(isJsonObject(webhooks) ? mistakesIn("webhooks", webhooks, WEBHOOKS) : []),
  ];
}
