import { setTimeout as sleep } from "node:timers/promises";
import { readConfig, relaySettings } from "@realtime-gateway/settings";
import { consoleLog } from "../log.ts";
import { createPublish } from "../publisher.ts";
import { createEmitMetrics } from "./metrics.ts";
import { createRecentEvents } from "./recent-events.ts";
import { createRelay } from "./relay.ts";
import { createSendDeadLetter } from "./sqs-dead-letters.ts";

const config = readConfig(relaySettings);

export const handler = createRelay({
  config,
  publish: createPublish(config, consoleLog),
  sendDeadLetter: config.deadLetterQueueUrl === undefined ? undefined : createSendDeadLetter(config.deadLetterQueueUrl),
  recent: createRecentEvents(Date.now),
  emitMetrics: createEmitMetrics(config.metricsNamespace),
  log: consoleLog,
  nowMs: Date.now,
  sleep: (ms) => sleep(ms),
  random: Math.random,
});
