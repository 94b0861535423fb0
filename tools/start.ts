import { runCommand } from "@realtime-gateway/command-line";
import { startCommand } from "../packages/local/src/cli/start-command.ts";
import { buildFunctions } from "./build.ts";
import { buildConsole } from "./build-console.ts";

const build = async (): Promise<void> => void (await Promise.all([buildFunctions(), buildConsole()]));

await runCommand(startCommand({ env: process.env, build }));
