/** Runs at most `limit` tasks at a time, and the others in the order of the calls. */
export function createConcurrencyLimit(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function withSlot<T>(task: () => Promise<T>): Promise<T> {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
