import { createConcurrencyLimit } from "./concurrency-limit.ts";
import { FunctionError } from "./function-error.ts";
import type { FunctionInstance } from "./function-instance.ts";

export interface InstancePoolDeps {
  readonly limit: number;
  start(): Promise<FunctionInstance>;
}

/** Starts instances on demand and reuses idle ones, as Lambda does. At the limit, further tasks form a queue. */
export function createInstancePool({ limit, start }: InstancePoolDeps) {
  const withSlot = createConcurrencyLimit(limit);
  const instances = new Set<FunctionInstance>();
  const idle: FunctionInstance[] = [];
  const underWay = new Set<Promise<void>>();
  let generation = 0;
  let stopped = false;

  async function startAnother(): Promise<FunctionInstance> {
    const instance = await start();
    instances.add(instance);
    void instance.gone.then(() => instances.delete(instance));
    // A stop during the start has not seen this instance.
    if (stopped) instance.kill();
    return instance;
  }

  function takeIdle(): FunctionInstance | undefined {
    const instance = idle.pop();
    return instance === undefined || instance.alive() ? instance : takeIdle();
  }

  async function lend<T>(task: (instance: FunctionInstance) => Promise<T>): Promise<T> {
    if (stopped) throw new FunctionError({ errorType: "Runner.Stopped", errorMessage: "The runner has stopped." });
    const lentIn = generation;
    const instance = takeIdle() ?? (await startAnother());
    try {
      return await task(instance);
    } finally {
      if (lentIn !== generation) instance.kill();
      else if (instance.alive()) idle.push(instance);
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
    /** Replaces every instance: idle ones end now, busy ones after their task. */
    retire(): void {
      generation += 1;
      for (const instance of idle.splice(0)) instance.kill();
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
