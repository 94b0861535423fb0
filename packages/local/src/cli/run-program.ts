import { spawn } from "node:child_process";
import { constants } from "node:os";
import { onStop } from "@realtime-gateway/command-line";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** As shells do for a command that does not exist. */
const EXIT_NOT_FOUND = 127;
/** As shells do for a command that a signal ended. */
const SIGNAL_BASE = 128;

/**
 * Runs a program on the terminal of this process, and forwards the signals that this process gets. Resolves with its exit code.
 */
export async function runProgram(
  program: string,
  programArguments: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(program, programArguments, { stdio: "inherit", env });
  let isAsked = false;
  const forward = (signal: NodeJS.Signals): void => {
    isAsked = true;
    // A terminal sends Ctrl-C to the program itself. A second one would end programs that ask for patience.
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  // Without a signal, the npm that runs this process has ended.
  onStop(() => {
    if (!isAsked) child.kill();
  });
  try {
    return await new Promise((resolve) => {
      child.once("error", (error) => {
        process.stderr.write(`local exec: cannot run ${program}: ${error.message}\n`);
        resolve(EXIT_NOT_FOUND);
      });
      child.once("exit", (code, signal) => {
        resolve(code ?? SIGNAL_BASE + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  } finally {
    for (const signal of SIGNALS) process.off(signal, forward);
  }
}
