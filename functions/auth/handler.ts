import { createPusherClient } from "@realtime-gateway/pusher";
import { handle } from "hono/aws-lambda";
import { readConfig } from "../config.ts";
import { consoleLog } from "../log.ts";
import { createAuthApp } from "./app.ts";

const config = readConfig();
const client = createPusherClient(config.app, { timeoutMs: config.pusherTimeoutMs });

export const handler = handle(createAuthApp({ config, client, log: consoleLog }));
