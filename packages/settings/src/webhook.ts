import { both, createGroup, type SettingGroup } from "./group.ts";
import { type HttpSettings, httpSettings } from "./http.ts";
import { type MetricsSettings, metricsSettings } from "./metrics.ts";
import { optional, queueUrl } from "./setting.ts";

/** What the function reads. */
export interface WebhookSettings extends HttpSettings, WebhookQueueSettings, MetricsSettings {}

interface WebhookQueueSettings {
  /** Where verified webhook events are sent on to, one message each. */
  readonly webhookQueueUrl: string | undefined;
}

const variables = {
  REALTIME_WEBHOOK_QUEUE_URL: optional(queueUrl),
};

const webhookQueueSettings = createGroup(
  variables,
  (env): WebhookQueueSettings => ({ webhookQueueUrl: env.REALTIME_WEBHOOK_QUEUE_URL }),
);

export const webhookSettings: SettingGroup<WebhookSettings> = both(
  both(httpSettings, webhookQueueSettings),
  metricsSettings,
);
