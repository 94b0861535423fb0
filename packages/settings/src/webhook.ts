import type { PusherApp } from "@realtime-gateway/pusher";
import { appVariables, credentialsOf } from "./app-credentials.ts";
import { both, createGroup, type SettingGroup } from "./group.ts";
import { type HttpSettings, httpSettings } from "./http.ts";
import { type MetricsSettings, metricsSettings } from "./metrics.ts";
import { optional, queueUrl } from "./setting.ts";
import type { DocsOf } from "./setting-doc.ts";

/** The settings of the function `webhook`. */
export interface WebhookSettings extends WebhookAppSettings, HttpSettings, WebhookQueueSettings, MetricsSettings {}

interface WebhookAppSettings {
  /** Signs the webhooks. */
  readonly webhookApp: Pick<PusherApp, "key" | "secret">;
}

interface WebhookQueueSettings {
  /** Receives each event of a verified webhook as one message. */
  readonly webhookQueueUrl: string | undefined;
}

const webhookAppSettings = createGroup(appVariables, (env): WebhookAppSettings => ({ webhookApp: credentialsOf(env) }));

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

export const webhookQueueDocs = (): DocsOf<typeof variables> => ({
  REALTIME_WEBHOOK_QUEUE_URL: {
    meaning: "an SQS queue that receives the events of verified webhooks, one message each",
    fallback: "none: they become metrics and log records only",
  },
});
