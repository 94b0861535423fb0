import { createConcurrencyLimit } from "./concurrency-limit.ts";
import { FunctionError } from "./function-error.ts";
import { type FunctionInstance, type InstanceSettings, startInstance } from "./function-instance.ts";

/** Payload of a synchronous invocation: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
const DEFAULT_CONCURRENCY = 10;
const DEFAULT_MEMORY_MB = 128;
const DEFAULT_REGION = "us-east-1";

export interface FunctionRunnerOptions {
  readonly name: string;
  /** The built ES module; it exports `handler`. */
  readonly bundlePath: string;
  /** All the function sees, beside what Lambda itself sets. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Instances at most; an invocation beyond waits, where Lambda would throttle it. */
  readonly concurrency?: number;
  readonly memoryMb?: number;
  readonly region?: string;
  /** Text, Lambda's own default, prints objects over several lines. */
  readonly logFormat?: "JSON" | "Text";
  onLog?(line: string): void;
}

export interface FunctionRunner {
  /** Rejects with a `FunctionError` when the function fails, dies or runs out of time. */
  invoke(event: unknown): Promise<unknown>;
  /** Starts an instance ahead of the first invocation; rejects when the function does not initialize. */
  warm(): Promise<void>;
  /** Kills every instance, as a fault would; invocations under way fail and the next ones start afresh. */
  kill(): Promise<void>;
  pids(): readonly number[];
  stop(): Promise<void>;
}

export function createFunctionRunner(options: FunctionRunnerOptions): FunctionRunner {
  const settings = instanceSettings(options);
  const withSlot = createConcurrencyLimit(options.concurrency ?? DEFAULT_CONCURRENCY);
  const instances = new Set<FunctionInstance>();
  const idle: FunctionInstance[] = [];
  const underWay = new Set<Promise<unknown>>();
  let stopped = false;

  async function start(): Promise<FunctionInstance> {
    const instance = await startInstance(settings);
    instances.add(instance);
    void instance.gone.then(() => instances.delete(instance));
    // stop() may have come while the instance was being born, and not have seen it.
    if (stopped) await instance.kill();
    return instance;
  }

  function takeIdle(): FunctionInstance | undefined {
    const instance = idle.pop();
    return instance === undefined || instance.alive() ? instance : takeIdle();
  }

  function withInstance<T>(task: (instance: FunctionInstance) => Promise<T>): Promise<T> {
    const running = withSlot(async () => {
      if (stopped) throw new FunctionError({ errorType: "Runner.Stopped", errorMessage: "The runner has stopped." });
      const instance = takeIdle() ?? (await start());
      try {
        return await task(instance);
      } finally {
        if (instance.alive()) idle.push(instance);
      }
    });
    const tracked = running.then(ignore, ignore).finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    return running;
  }

  async function kill(): Promise<void> {
    await Promise.all([...instances].map((instance) => instance.kill()));
  }

  return {
    async invoke(event) {
      const payload = encode(event);
      return JSON.parse(await withInstance((instance) => instance.invoke(payload)));
    },
    warm: () => withInstance((instance) => instance.ready),
    kill,
    pids: () => [...instances].flatMap(({ pid }) => pid ?? []),
    async stop() {
      stopped = true;
      await kill();
      await Promise.all(underWay);
    },
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

function ignore(): void {}
