import { runCommand } from "@realtime-gateway/command-line";
import { startCommand } from "../packages/local/src/cli/start-command.ts";
import { buildFunctions } from "./build.ts";

await runCommand(startCommand({ env: process.env, build: buildFunctions }));
