import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type FunctionSettings, functionEnvironment } from "./function-environment.ts";
import type { FunctionFailure } from "./function-error.ts";

const BOOTSTRAP = fileURLToPath(new URL("./runtime/bootstrap.ts", import.meta.url));

export interface RuntimeProcess {
  readonly pid: number | undefined;
  alive(): boolean;
  /** Keeps what the process said, or did, that explains why it ends. The first reason counts. */
  blame(failure: FunctionFailure): void;
  kill(): void;
  /** Resolves with the reason, after the last line of output. */
  readonly gone: Promise<FunctionFailure>;
}

/** Runs a bundle on our own Node, which is the Node of Lambda's nodejs24.x. */
export function startRuntimeProcess(
  settings: FunctionSettings,
  runtimeApi: string,
  onLog: (line: string) => void,
): RuntimeProcess {
  const child = spawn(process.execPath, [BOOTSTRAP, settings.bundlePath], {
    env: functionEnvironment(settings, runtimeApi),
    // A session of its own: Ctrl-C in the terminal is for us, who let the invocation under way finish. The open stdin
    // is how the runtime learns that we are gone, however abruptly.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", onLog);
  let alive = true;
  let cause: FunctionFailure | undefined;
  const gone = exitReason(child).then((errorMessage) => {
    alive = false;
    return cause ?? { errorType: "Runtime.ExitError", errorMessage };
  });
  return {
    pid: child.pid,
    alive: () => alive,
    blame(failure) {
      cause ??= failure;
    },
    kill() {
      alive = false;
      child.kill("SIGKILL");
    },
    gone,
  };
}

/** In Lambda's words. */
function exitReason(child: ChildProcess): Promise<string> {
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
