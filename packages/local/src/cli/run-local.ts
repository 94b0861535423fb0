import { EXIT_USAGE, runCommand } from "@realtime-gateway/command-line";
import { execCommand } from "./exec-command.ts";
import { startCommand } from "./start-command.ts";
import { startHelp } from "./start-flags.ts";

const PACKAGE = "npx @realtime-gateway/local";

const HELP = `The realtime gateway on this machine: SQS, the relay, a Pusher server and the HTTP functions.

Usage: ${PACKAGE} COMMAND

  dev [flags]                  run the gateway until Ctrl-C, and show each event
  exec [flags] -- COMMAND      run a command with the environment of a gateway of its own, and end with its exit code
  COMMAND --help               show the flags of a command
`;

const DEV_HELP = startHelp({
  command: `${PACKAGE} dev`,
  pusherCommand: "npx @realtime-gateway/pusher-server",
  quietHint: "",
});

/** The command of the published package. */
export async function runLocal([name, ...argv]: readonly string[]): Promise<void> {
  const { env } = process;
  if (name === "dev") await runCommand(startCommand({ env }, DEV_HELP), argv);
  else if (name === "exec") await runCommand(execCommand(env, `${PACKAGE} exec`), argv);
  else if (name === "--help" || name === "-h") process.stdout.write(HELP);
  else {
    const complaint = name === undefined ? "a command is missing" : `unknown command "${name}"`;
    process.stderr.write(`local: ${complaint}: it must be dev or exec. Run with --help to see both.\n`);
    process.exitCode = EXIT_USAGE;
  }
}
