import { handle } from "hono/aws-lambda";
import { readConfig } from "../config.ts";
import { consoleLog } from "../log.ts";
import { createPublish } from "../publisher.ts";
import { createTestEventApp } from "./app.ts";

const config = readConfig();

export const handler = handle(
  createTestEventApp({ config, publish: createPublish(config, consoleLog), log: consoleLog, now: () => new Date() }),
);
