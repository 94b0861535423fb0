import { runCommand } from "@realtime-gateway/command-line";
import { exampleCommand } from "../examples/web/server/example-command.ts";
import { buildFunctions } from "./build.ts";

await runCommand(exampleCommand({ build: buildFunctions }));
