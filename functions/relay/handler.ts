import { readConfig } from "../config.ts";
import { consoleLog } from "../log.ts";
import { createPublish } from "../publisher.ts";
import { createRelay } from "./relay.ts";

const config = readConfig();

export const handler = createRelay({ config, publish: createPublish(config, consoleLog), log: consoleLog });
