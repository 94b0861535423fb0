import { type FunctionSettings, functionArn } from "./function-environment.ts";
import { FunctionError, type FunctionFailure } from "./function-error.ts";
import { createInvocationSlot } from "./invocation-slot.ts";
import { startRuntimeApi } from "./runtime-api.ts";
import { exitReason, spawnRuntime } from "./runtime-process.ts";

/** Lambda gives an initialization ten seconds: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_TIMEOUT_MS = 10_000;

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
  /** Settles once the runtime could take another invocation, or is gone. */
  invoke(payload: string): Promise<string>;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
  readonly gone: Promise<void>;
}

export async function startInstance(settings: InstanceSettings): Promise<FunctionInstance> {
  const slot = createInvocationSlot();
  let asked = Promise.withResolvers<void>();
  let cause: FunctionFailure | undefined;
  const api = await startRuntimeApi({
    onNext: () => asked.resolve(),
    onInitError: (failure) => {
      cause = failure;
    },
    onResponse: slot.succeed,
    onError: slot.fail,
  });
  const child = spawnRuntime(settings, api.address, settings.onLog);
  let alive = true;
  const gone = exitReason(child).then(async (reason) => {
    alive = false;
    const errorMessage = about(slot.requestId(), reason);
    const error = new FunctionError(cause ?? { errorType: "Runtime.ExitError", errorMessage });
    asked.reject(error);
    slot.abandon(error);
    await api.close();
  });

  function kill(why?: FunctionFailure): Promise<void> {
    cause ??= why;
    alive = false;
    child.kill("SIGKILL");
    return gone;
  }

  async function within<T>(timeoutMs: number, requestId: string | undefined, work: Promise<T>): Promise<T> {
    const timer = setTimeout(() => kill(timeoutFailure(timeoutMs, requestId)), timeoutMs);
    return await work.finally(() => clearTimeout(timer));
  }

  const ready = within(INIT_TIMEOUT_MS, undefined, asked.promise);
  ready.catch(() => "told to whoever waits for it");

  async function invoke(payload: string): Promise<string> {
    await ready;
    const { requestId, promise } = slot.begin();
    const { timeoutMs } = settings;
    asked = Promise.withResolvers();
    api.deliver({ requestId, functionArn: functionArn(settings), deadlineMs: Date.now() + timeoutMs, payload });
    const [result] = await within(timeoutMs, requestId, Promise.allSettled([promise, asked.promise]));
    slot.end();
    if (result.status === "rejected") throw result.reason;
    return result.value;
  }

  return { pid: child.pid, alive: () => alive, ready, gone, kill: () => kill(), invoke };
}

function timeoutFailure(timeoutMs: number, requestId: string | undefined): FunctionFailure {
  const message = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
  return { errorType: "Sandbox.Timedout", errorMessage: about(requestId, message) };
}

function about(requestId: string | undefined, message: string): string {
  return requestId === undefined ? message : `RequestId: ${requestId} Error: ${message}`;
}
