import { readConfig, testEventSettings } from "@realtime-gateway/settings";
import { createHandler } from "../http/fronts.ts";
import { consoleLog } from "../log.ts";
import { createPublish } from "../publisher.ts";
import { createTestEventApp } from "./app.ts";

const config = readConfig(testEventSettings);

export const handler = createHandler(
  createTestEventApp({ config, publish: createPublish(config, consoleLog), log: consoleLog, now: () => new Date() }),
  consoleLog,
);
