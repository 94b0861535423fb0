import { createPusherClient } from "@realtime-gateway/pusher";
import { readConfig } from "../config.ts";
import { createHandler } from "../lambda.ts";
import { consoleLog } from "../log.ts";
import { authSettings } from "../settings/auth.ts";
import { createAuthApp } from "./app.ts";

const config = readConfig(authSettings);
const client = createPusherClient(config.app, { timeoutMs: config.pusherTimeoutMs });

export const handler = createHandler(createAuthApp({ config, client, log: consoleLog }));
