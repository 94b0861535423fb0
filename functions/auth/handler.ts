import { authSettings, readConfig } from "@realtime-gateway/settings";
import { consoleLog } from "../log.ts";
import { createAuthFunction } from "./function.ts";

export const handler = createAuthFunction({ config: readConfig(authSettings), log: consoleLog });
