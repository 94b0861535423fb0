/** Runs tasks in parallel, but tasks that share a group one after another, in the order of the calls. */
export function createGroupLock() {
  const tails = new Map<string, Promise<void>>();

  return async function withGroups<T>(groups: readonly string[], task: () => Promise<T>): Promise<T> {
    const running = Promise.all(groups.map((group) => tails.get(group))).then(task);
    const tail = running.then(ignore, ignore);
    for (const group of groups) tails.set(group, tail);
    try {
      return await running;
    } finally {
      for (const group of groups) if (tails.get(group) === tail) tails.delete(group);
    }
  };
}

function ignore(): void {}
