import { readConfig } from "../config.ts";
import { createHandler } from "../lambda.ts";
import { consoleLog } from "../log.ts";
import { createPublish } from "../publisher.ts";
import { testEventSettings } from "../settings/test-event.ts";
import { createTestEventApp } from "./app.ts";

const config = readConfig(testEventSettings);

export const handler = createHandler(
  createTestEventApp({ config, publish: createPublish(config, consoleLog), log: consoleLog, now: () => new Date() }),
);
