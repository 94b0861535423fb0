/** Runs tasks in parallel, up to a limit. Further tasks queue, up to a second limit. */
export interface TaskQueue {
  /** Adds a task. A full queue drops its oldest task. */
  add(task: () => Promise<void>): void;
  clear(): void;
}

export function createTaskQueue(limits: { readonly parallel: number; readonly queued: number }): TaskQueue {
  let queued: (() => Promise<void>)[] = [];
  let running = 0;
  const startNext = (): void => {
    while (running < limits.parallel) {
      const task = queued.shift();
      if (task === undefined) return;
      running += 1;
      void task().finally(() => {
        running -= 1;
        startNext();
      });
    }
  };
  return {
    add(task) {
      queued.push(task);
      startNext();
      if (queued.length > limits.queued) queued.shift();
    },
    clear() {
      queued = [];
    },
  };
}
