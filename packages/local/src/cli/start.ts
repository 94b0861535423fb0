import { runCommand } from "@realtime-gateway/command-line";
import { startCommand } from "./start-command.ts";

/** Runs the functions as they were built last. `tools/start.ts` builds them first. */
await runCommand(startCommand({ env: process.env }));
