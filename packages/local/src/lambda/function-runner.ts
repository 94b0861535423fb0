import { FunctionError } from "./function-error.ts";
import { type Handover, type InstanceSettings, startInstance } from "./function-instance.ts";
import { createInstancePool } from "./instance-pool.ts";

/** Payload of a synchronous invocation: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
const DEFAULT_CONCURRENCY = 10;
const DEFAULT_MEMORY_MB = 128;
const DEFAULT_REGION = "us-east-1";

export interface FunctionRunnerOptions {
  readonly name: string;
  /** The built ES module; it exports `handler`. */
  readonly bundlePath: string;
  /** The function gets these variables, and those that Lambda sets. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** The most instances at a time. Further invocations form a queue, while Lambda would throttle them. */
  readonly concurrency?: number;
  readonly memoryMb?: number;
  readonly region?: string;
  /** Text is Lambda's default, and prints an object on several lines. */
  readonly logFormat?: "JSON" | "Text";
  onLog?(line: string): void;
}

export interface FunctionRunner {
  /** Rejects with a `FunctionError` when the function fails, dies or runs out of time. */
  invoke(event: unknown, handover?: Handover): Promise<unknown>;
  /** Starts an instance before the first invocation. Rejects if the function does not initialize. */
  warm(): Promise<void>;
  /** Kills every instance, as a fault would. Its invocations fail, and the next ones start new instances. */
  kill(): Promise<void>;
  /** Loads the bundle anew for every later invocation; current ones finish. Rejects if the bundle does not initialize. */
  restart(): Promise<void>;
  pids(): readonly number[];
  stop(): Promise<void>;
}

export function createFunctionRunner(options: FunctionRunnerOptions): FunctionRunner {
  const settings = instanceSettings(options);
  const pool = createInstancePool({
    limit: options.concurrency ?? DEFAULT_CONCURRENCY,
    start: () => startInstance(settings),
  });
  const warm = (): Promise<void> => pool.withInstance(({ ready }) => ready);
  return {
    async invoke(event, handover) {
      const payload = encode(event);
      return JSON.parse(await pool.withInstance((instance) => instance.invoke(payload, handover)));
    },
    warm,
    kill: pool.kill,
    restart() {
      pool.retire();
      return warm();
    },
    pids: pool.pids,
    stop: pool.stop,
  };
}

function instanceSettings(options: FunctionRunnerOptions): InstanceSettings {
  return {
    name: options.name,
    bundlePath: options.bundlePath,
    env: options.env,
    timeoutMs: options.timeoutMs,
    memoryMb: options.memoryMb ?? DEFAULT_MEMORY_MB,
    region: options.region ?? DEFAULT_REGION,
    logFormat: options.logFormat ?? "Text",
    onLog: (line) => options.onLog?.(line),
  };
}

function encode(event: unknown): string {
  const payload = JSON.stringify(event ?? null);
  if (Buffer.byteLength(payload) <= MAX_REQUEST_BYTES) return payload;
  const errorMessage = `Request must be smaller than ${MAX_REQUEST_BYTES} bytes for the InvokeFunction operation`;
  throw new FunctionError({ errorType: "RequestTooLargeException", errorMessage });
}
