import { expect, test } from "vitest";
import { createTaskQueue } from "../../../packages/pusher-server/src/webhooks/task-queue.ts";

function start(limits: Parameters<typeof createTaskQueue>[0]) {
  const queue = createTaskQueue(limits);
  const started: number[] = [];
  const finish = new Map<number, () => void>();
  const add = (task: number): void =>
    queue.add(() => {
      started.push(task);
      return new Promise((resolve) => finish.set(task, resolve));
    });
  return { queue, started, add, finish: (task: number) => finish.get(task)?.() };
}

test("tasks start at once up to the parallel limit", () => {
  const { started, add } = start({ parallel: 2, queued: 10 });
  for (const task of [1, 2, 3]) add(task);
  expect(started).toEqual([1, 2]);
});

test("the end of a task starts the next one", async () => {
  const { started, add, finish } = start({ parallel: 2, queued: 10 });
  for (const task of [1, 2, 3, 4]) add(task);
  finish(2);
  await expect.poll(() => started).toEqual([1, 2, 3]);
});

test("a full queue drops its oldest task", async () => {
  const { started, add, finish } = start({ parallel: 1, queued: 2 });
  for (const task of [1, 2, 3, 4]) add(task);
  finish(1);
  await expect.poll(() => started).toEqual([1, 3]);
});

test("a cleared queue starts no further task", async () => {
  const { queue, started, add, finish } = start({ parallel: 1, queued: 2 });
  for (const task of [1, 2]) add(task);
  queue.clear();
  finish(1);
  add(3);
  await expect.poll(() => started).toEqual([1, 3]);
});
