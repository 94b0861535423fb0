import type { PusherApp } from "@realtime-gateway/pusher";
import { appVariables, credentialsOf, pusherKey, pusherSecret } from "./app-credentials.ts";
import { both, createGroup, type Environment, missingIn, type SettingGroup, type ValuesOf } from "./group.ts";
import { type HttpSettings, httpSettings } from "./http.ts";
import { type MetricsSettings, metricsSettings } from "./metrics.ts";
import { optional, queueUrl } from "./setting.ts";
import type { DocsOf } from "./setting-doc.ts";

/** The settings of the function `webhook`. */
export interface WebhookSettings extends WebhookAppSettings, HttpSettings, WebhookQueueSettings, MetricsSettings {}

interface WebhookAppSettings {
  /** The keys that may sign a webhook: the app's own, and during a rotation the previous one. */
  readonly webhookKeys: readonly WebhookKey[];
}

/** A key of the Pusher app, with its secret. */
export type WebhookKey = Pick<PusherApp, "key" | "secret">;

interface WebhookQueueSettings {
  /** Receives each event of a verified webhook as one message. */
  readonly webhookQueueUrl: string | undefined;
}

const previousVariables = {
  REALTIME_WEBHOOK_PREVIOUS_KEY: optional(pusherKey),
  REALTIME_WEBHOOK_PREVIOUS_SECRET: optional(pusherSecret),
};

const keyVariables = { ...appVariables, ...previousVariables };

function keysOf(env: ValuesOf<typeof keyVariables>): WebhookAppSettings {
  const { REALTIME_WEBHOOK_PREVIOUS_KEY: key, REALTIME_WEBHOOK_PREVIOUS_SECRET: secret } = env;
  const previous = key !== undefined && secret !== undefined ? [{ key, secret }] : [];
  return { webhookKeys: [credentialsOf(env), ...previous] };
}

function keyFaults(env: Environment): readonly string[] {
  const { PUSHER_KEY: current, REALTIME_WEBHOOK_PREVIOUS_KEY: key, REALTIME_WEBHOOK_PREVIOUS_SECRET: secret } = env;
  if (key === undefined && secret === undefined) return [];
  return [
    ...missingIn(env, Object.keys(previousVariables)),
    // The webhooks of the other key would be rejected, which an operator notices late.
    ...(key !== undefined && key === current
      ? ["REALTIME_WEBHOOK_PREVIOUS_KEY is the same key as PUSHER_KEY. Set PUSHER_KEY to the new key"]
      : []),
  ];
}

const webhookAppSettings = createGroup(keyVariables, keysOf, keyFaults);

const variables = {
  REALTIME_WEBHOOK_QUEUE_URL: optional(queueUrl),
};

const webhookQueueSettings = createGroup(
  variables,
  (env): WebhookQueueSettings => ({ webhookQueueUrl: env.REALTIME_WEBHOOK_QUEUE_URL }),
);

export const webhookSettings: SettingGroup<WebhookSettings> = both(
  both(both(webhookAppSettings, httpSettings), webhookQueueSettings),
  metricsSettings,
);

export const webhookKeyDocs = (): DocsOf<typeof previousVariables> => ({
  REALTIME_WEBHOOK_PREVIOUS_KEY: {
    meaning:
      "while you rotate the Pusher key: the key that you replace. Webhooks that it signs are accepted too; needs its secret",
    fallback: "none",
  },
  REALTIME_WEBHOOK_PREVIOUS_SECRET: { meaning: "the secret of this key; server-only", fallback: "none" },
});

export const webhookQueueDocs = (): DocsOf<typeof variables> => ({
  REALTIME_WEBHOOK_QUEUE_URL: {
    meaning: "an SQS queue that receives the events of verified webhooks, one message each",
    fallback: "none: they become metrics and log records only",
  },
});
