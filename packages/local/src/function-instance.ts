import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type FunctionSettings, functionArn, functionEnvironment } from "./function-environment.ts";
import { FunctionError, type FunctionFailure } from "./function-error.ts";
import { startRuntimeApi } from "./runtime-api.ts";

/** Lambda gives the initialization ten seconds: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_TIMEOUT_MS = 10_000;
const BOOTSTRAP = fileURLToPath(new URL("./runtime/bootstrap.ts", import.meta.url));

export interface InstanceSettings extends FunctionSettings {
  readonly timeoutMs: number;
  onLog(line: string): void;
}

/** One execution environment: a process that handles one invocation after the other. */
export interface FunctionInstance {
  readonly pid: number | undefined;
  alive(): boolean;
  /** Resolves when the function has been initialized. */
  readonly ready: Promise<void>;
  invoke(payload: string): Promise<string>;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
  readonly gone: Promise<void>;
}

export async function startInstance(settings: InstanceSettings): Promise<FunctionInstance> {
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);
  let current: (PromiseWithResolvers<string> & { readonly requestId: string }) | undefined;
  let cause: FunctionFailure | undefined;

  const api = await startRuntimeApi({
    onReady: ready.resolve,
    onInitError: (failure) => {
      cause ??= failure;
    },
    onResponse: (requestId, payload) => {
      if (requestId === current?.requestId) current.resolve(payload);
    },
    onError: (requestId, failure) => {
      if (requestId === current?.requestId) current.reject(new FunctionError(failure));
    },
  });
  const child = spawnRuntime(settings, api.address);
  let alive = true;
  const gone = end(child).then(async (exit) => {
    alive = false;
    const error = new FunctionError(cause ?? exitFailure(exit, current?.requestId));
    ready.reject(error);
    current?.reject(error);
    await api.close();
  });

  function kill(why?: FunctionFailure): Promise<void> {
    cause ??= why;
    alive = false;
    child.kill("SIGKILL");
    return gone;
  }
  function killAfter(durationMs: number, why: FunctionFailure): NodeJS.Timeout {
    return setTimeout(() => kill(why), durationMs);
  }

  const initTimer = killAfter(INIT_TIMEOUT_MS, timeoutFailure(INIT_TIMEOUT_MS));
  const initialized = ready.promise.finally(() => clearTimeout(initTimer));
  initialized.catch(() => undefined);

  return {
    pid: child.pid,
    alive: () => alive,
    ready: initialized,
    gone,
    kill: () => kill(),
    async invoke(payload) {
      await initialized;
      const requestId = randomUUID();
      current = { requestId, ...Promise.withResolvers<string>() };
      const timer = killAfter(settings.timeoutMs, timeoutFailure(settings.timeoutMs, requestId));
      const deadlineMs = Date.now() + settings.timeoutMs;
      api.deliver({ requestId, functionArn: functionArn(settings), deadlineMs, payload });
      try {
        return await current.promise;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function spawnRuntime(settings: InstanceSettings, runtimeApi: string): ChildProcess {
  const child = spawn(process.execPath, [BOOTSTRAP, settings.bundlePath], {
    env: functionEnvironment(settings, runtimeApi),
    // Its own session: Ctrl-C in the terminal is for us, who let the invocation under way finish. The open stdin is
    // how the runtime learns that we are gone, however abruptly.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", settings.onLog);
  return child;
}

interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

async function end(child: ChildProcess): Promise<Exit> {
  // "close" comes after the last line of output; a process that never started emits it too, after "error".
  child.on("error", () => undefined);
  await once(child, "close");
  return { code: child.exitCode, signal: child.signalCode };
}

function exitFailure({ code, signal }: Exit, requestId: string | undefined): FunctionFailure {
  const reason = signal === null ? `exit status ${code}` : `signal: ${signal}`;
  return { errorType: "Runtime.ExitError", errorMessage: about(requestId, `Runtime exited with error: ${reason}`) };
}

function timeoutFailure(timeoutMs: number, requestId?: string): FunctionFailure {
  const message = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
  return { errorType: "Sandbox.Timedout", errorMessage: about(requestId, message) };
}

function about(requestId: string | undefined, message: string): string {
  return requestId === undefined ? message : `RequestId: ${requestId} Error: ${message}`;
}
