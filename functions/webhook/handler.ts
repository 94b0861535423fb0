import { readConfig, webhookSettings } from "@realtime-gateway/settings";
import { createHandler } from "../http/fronts.ts";
import { consoleLog } from "../log.ts";
import { createWebhookApp } from "./app.ts";
import { createForward } from "./forward.ts";
import { createCountEvents } from "./metrics.ts";
import { createSendMessages } from "./send-to-queue.ts";

const config = readConfig(webhookSettings);
const { webhookQueueUrl } = config;

export const handler = createHandler(
  createWebhookApp({
    config,
    forward:
      webhookQueueUrl === undefined ? undefined : createForward(webhookQueueUrl, createSendMessages(webhookQueueUrl)),
    countEvents: createCountEvents(config.metricsNamespace),
    log: consoleLog,
    nowMs: Date.now,
  }),
  consoleLog,
);
