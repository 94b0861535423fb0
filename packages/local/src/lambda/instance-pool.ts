import { createConcurrencyLimit } from "./concurrency-limit.ts";
import { FunctionError } from "./function-error.ts";
import type { FunctionInstance } from "./function-instance.ts";

export interface InstancePoolDeps {
  readonly limit: number;
  start(): Promise<FunctionInstance>;
}

/** Starts instances on demand and reuses idle ones, as Lambda does; beyond the limit, tasks wait their turn. */
export function createInstancePool({ limit, start }: InstancePoolDeps) {
  const withSlot = createConcurrencyLimit(limit);
  const instances = new Set<FunctionInstance>();
  const idle: FunctionInstance[] = [];
  const underWay = new Set<Promise<void>>();
  let stopped = false;

  async function startAnother(): Promise<FunctionInstance> {
    const instance = await start();
    instances.add(instance);
    void instance.gone.then(() => instances.delete(instance));
    // stop() may have come while the instance was being born, and not have seen it.
    if (stopped) instance.kill();
    return instance;
  }

  function takeIdle(): FunctionInstance | undefined {
    const instance = idle.pop();
    return instance === undefined || instance.alive() ? instance : takeIdle();
  }

  async function lend<T>(task: (instance: FunctionInstance) => Promise<T>): Promise<T> {
    if (stopped) throw new FunctionError({ errorType: "Runner.Stopped", errorMessage: "The runner has stopped." });
    const instance = takeIdle() ?? (await startAnother());
    try {
      return await task(instance);
    } finally {
      if (instance.alive()) idle.push(instance);
    }
  }

  async function kill(): Promise<void> {
    for (const instance of instances) instance.kill();
    await Promise.all([...instances].map(({ gone }) => gone));
  }

  return {
    withInstance<T>(task: (instance: FunctionInstance) => Promise<T>): Promise<T> {
      const running = withSlot(() => lend(task));
      const settled = running.then(ignore, ignore).finally(() => underWay.delete(settled));
      underWay.add(settled);
      return running;
    },
    pids: () => [...instances].flatMap(({ pid }) => pid ?? []),
    kill,
    async stop() {
      stopped = true;
      await kill();
      await Promise.all(underWay);
      await kill();
    },
  };
}

function ignore(): void {}
