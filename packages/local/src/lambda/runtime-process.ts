import { type ChildProcess, spawn } from "node:child_process";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type FunctionSettings, functionEnvironment } from "./function-environment.ts";
import type { FunctionFailure } from "./function-error.ts";

/** `.ts` in the repository, `.js` in the published package. */
const EXTENSION = extname(import.meta.url);
const BOOTSTRAP = fileURLToPath(new URL(`./runtime/bootstrap${EXTENSION}`, import.meta.url));

export interface RuntimeProcess {
  readonly pid: number | undefined;
  alive(): boolean;
  /** Sets the reason why the process ends. The first reason counts. */
  blame(failure: FunctionFailure): void;
  kill(): void;
  /** Resolves with that reason after the last line of output. */
  readonly gone: Promise<FunctionFailure>;
}

/** Runs a bundle on the Node of this process, which is that of Lambda's nodejs24.x. */
export function startRuntimeProcess(
  settings: FunctionSettings,
  runtimeApi: string,
  onLog: (line: string) => void,
): RuntimeProcess {
  const child = spawn(process.execPath, [BOOTSTRAP, settings.bundlePath], {
    env: functionEnvironment(settings, runtimeApi),
    // Ctrl-C in a terminal must not reach the function, which finishes its invocation. The runtime ends itself when its
    // stdin closes, so it never outlives this process.
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

/** The reason in the words of Lambda. */
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
