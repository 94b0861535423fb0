import { type FunctionSettings, functionArn } from "./function-environment.ts";
import { FunctionError, type FunctionFailure } from "./function-error.ts";
import { createInvocationSlot } from "./invocation-slot.ts";
import { startRuntimeApi } from "./runtime-api.ts";
import { type RuntimeProcess, startRuntimeProcess } from "./runtime-process.ts";

/** Lambda gives an initialization ten seconds: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_TIMEOUT_MS = 10_000;

export interface InstanceSettings extends FunctionSettings {
  readonly timeoutMs: number;
  onLog(line: string): void;
}

/** The moment when a function gets an invocation. Before it, the invocation can be withdrawn. */
export interface Handover {
  readonly signal: AbortSignal;
  onBegin(): void;
}

/** One execution environment: a process that handles one invocation after another. */
export interface FunctionInstance {
  readonly pid: number | undefined;
  alive(): boolean;
  /** Resolves once the function is initialized. */
  readonly ready: Promise<void>;
  /** Settles once the runtime asks for another invocation, or has ended. */
  invoke(payload: string, handover?: Handover): Promise<string>;
  kill(): void;
  /** Resolves once the process has ended. */
  readonly gone: Promise<void>;
}

export async function startInstance(settings: InstanceSettings): Promise<FunctionInstance> {
  const { timeoutMs, onLog } = settings;
  const slot = createInvocationSlot();
  let asked = Promise.withResolvers<void>();
  const api = await startRuntimeApi({
    onNext: () => asked.resolve(),
    onInitError: (failure) => runtime.blame(failure),
    onResponse: slot.succeed,
    onError: slot.fail,
  });
  const runtime = startRuntimeProcess(settings, api.address, onLog);
  const gone = runtime.gone.then((failure) => {
    asked.reject(new FunctionError(failure));
    slot.abandon(failure);
    return api.close();
  });

  const ready = killAfter(INIT_TIMEOUT_MS, runtime, asked.promise);
  ready.catch(() => "each invocation reports it");

  async function invoke(payload: string, handover?: Handover): Promise<string> {
    await ready;
    handover?.signal.throwIfAborted();
    handover?.onBegin();
    const { requestId, promise } = slot.begin();
    asked = Promise.withResolvers();
    api.send({ requestId, functionArn: functionArn(settings), deadlineMs: Date.now() + timeoutMs, payload });
    const [result] = await killAfter(timeoutMs, runtime, Promise.allSettled([promise, asked.promise]));
    if (result.status === "rejected") throw result.reason;
    return result.value;
  }

  return { pid: runtime.pid, alive: runtime.alive, kill: runtime.kill, ready, gone, invoke };
}

/** Lambda kills a process that takes too long, during the initialization as well as an invocation. */
function killAfter<T>(timeoutMs: number, runtime: RuntimeProcess, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => {
    runtime.blame(timedOut(timeoutMs));
    runtime.kill();
  }, timeoutMs);
  return work.finally(() => clearTimeout(timer));
}

function timedOut(timeoutMs: number): FunctionFailure {
  const seconds = (timeoutMs / 1000).toFixed(2);
  return { errorType: "Sandbox.Timedout", errorMessage: `Task timed out after ${seconds} seconds` };
}
