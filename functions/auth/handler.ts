import { readConfig } from "../config.ts";
import { consoleLog } from "../log.ts";
import { authSettings } from "../settings/auth.ts";
import { createAuthFunction } from "./function.ts";

export const handler = createAuthFunction({ config: readConfig(authSettings), log: consoleLog });
