import { describe, expect, it } from "vitest";
import { createGroupLock } from "../../../../packages/local/src/event-source/group-lock.ts";
import { createConcurrencyLimit } from "../../../../packages/local/src/lambda/concurrency-limit.ts";

/** A task that ends on a call, and notes its start. */
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

/** Runs everything that is ready to run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("a concurrency limit", () => {
  it("starts a task once a slot is free", async () => {
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
  it("runs tasks of different groups in parallel", async () => {
    const began: string[] = [];
    const withGroups = createGroupLock();
    void withGroups(["a"], createTask("first", began).run);
    void withGroups(["b"], createTask("second", began).run);
    await turn();
    expect(began).toEqual(["first", "second"]);
  });

  it("starts a task after the earlier ones of its groups", async () => {
    const began: string[] = [];
    const withGroups = createGroupLock();
    void withGroups(["a"], createTask("first", began).run);
    void withGroups(["b", "a"], createTask("second", began).run);
    await turn();
    expect(began).toEqual(["first"]);
  });

  it("continues after a task that failed", async () => {
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
