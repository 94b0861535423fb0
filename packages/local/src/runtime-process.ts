import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type FunctionSettings, functionEnvironment } from "./function-environment.ts";

const BOOTSTRAP = fileURLToPath(new URL("./runtime/bootstrap.ts", import.meta.url));

/** Runs a bundle on our own Node, which is the Node of Lambda's nodejs24.x. */
export function spawnRuntime(
  settings: FunctionSettings,
  runtimeApi: string,
  onLog: (line: string) => void,
): ChildProcess {
  const child = spawn(process.execPath, [BOOTSTRAP, settings.bundlePath], {
    env: functionEnvironment(settings, runtimeApi),
    // A session of its own: Ctrl-C in the terminal is for us, who let the invocation under way finish. The open stdin
    // is how the runtime learns that we are gone, however abruptly.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", onLog);
  return child;
}

/** Resolves, after the last line of output, with the reason as Lambda words it. */
export function exitReason(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let failure: Error | undefined;
    child.on("error", (error) => {
      failure = error;
    });
    child.on("close", (code, signal) => {
      const reason = signal === null ? `exit status ${code}` : `signal: ${signal}`;
      resolve(`Runtime exited with error: ${failure?.message ?? reason}`);
    });
  });
}
