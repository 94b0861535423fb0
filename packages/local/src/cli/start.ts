import { runCommand } from "@realtime-gateway/command-line";
import { ConfigError } from "@realtime-gateway/settings";
import { runGateway } from "./run-gateway.ts";
import { parseStartArguments, START_HELP } from "./start-arguments.ts";

await runCommand({
  name: "start",
  help: START_HELP,
  parse: parseStartArguments,
  run: (options) => runGateway(options, { env: process.env }),
  isUsageError: (error) => error instanceof ConfigError,
});
