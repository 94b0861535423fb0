import type { Command } from "@realtime-gateway/command-line";
import { ConfigError } from "@realtime-gateway/settings";
import { type RunGatewayDeps, runGateway } from "./run-gateway.ts";
import { parseStartArguments, START_HELP, type StartOptions } from "./start-arguments.ts";

/** `npm start`, with or without a build. */
export const startCommand = (deps: RunGatewayDeps, help = START_HELP): Command<StartOptions> => ({
  name: "start",
  help,
  parse: parseStartArguments,
  run: (options) => runGateway(options, deps),
  isUsageError: (error) => error instanceof ConfigError,
});
