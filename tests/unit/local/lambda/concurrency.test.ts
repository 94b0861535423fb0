import { describe, expect, it } from "vitest";
import { createConcurrencyLimit } from "../../../../packages/local/src/lambda/concurrency-limit.ts";
import { createGroupLock } from "../../../../packages/local/src/sqs/group-lock.ts";

/** A task that ends when told to, and notes when it began. */
function createTask(name: string, began: string[]) {
  const end = Promise.withResolvers<void>();
  return {
    end: end.resolve,
    fail: () => end.reject(new Error(name)),
    run: () => {
      began.push(name);
      return end.promise;
    },
  };
}

/** Lets everything that is ready to run, run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("a concurrency limit", () => {
  it("lets a task wait for a free slot", async () => {
    const began: string[] = [];
    const withSlot = createConcurrencyLimit(1);
    void withSlot(createTask("first", began).run);
    void withSlot(createTask("second", began).run);
    await turn();
    expect(began).toEqual(["first"]);
  });

  it("frees the slot of a task that fails", async () => {
    const withSlot = createConcurrencyLimit(1);
    await expect(withSlot(() => Promise.reject(new Error("boom")))).rejects.toThrow("boom");
    await expect(withSlot(async () => "next")).resolves.toBe("next");
  });
});

describe("a group lock", () => {
  it("runs tasks of different groups side by side", async () => {
    const began: string[] = [];
    const withGroups = createGroupLock();
    void withGroups(["a"], createTask("first", began).run);
    void withGroups(["b"], createTask("second", began).run);
    await turn();
    expect(began).toEqual(["first", "second"]);
  });

  it("holds a task back that shares one of its groups", async () => {
    const began: string[] = [];
    const withGroups = createGroupLock();
    void withGroups(["a"], createTask("first", began).run);
    void withGroups(["b", "a"], createTask("second", began).run);
    await turn();
    expect(began).toEqual(["first"]);
  });

  it("goes on after a task that failed", async () => {
    const began: string[] = [];
    const withGroups = createGroupLock();
    const first = createTask("first", began);
    const failed = withGroups(["a"], first.run);
    void withGroups(["a"], createTask("second", began).run);
    first.fail();
    await expect(failed).rejects.toThrow("first");
    await turn();
    expect(began).toEqual(["first", "second"]);
  });
});
