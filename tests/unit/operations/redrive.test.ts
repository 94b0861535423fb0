import { describe, expect, it } from "vitest";
import { MAX_BATCH_BYTES } from "../../../packages/operations/src/batches.ts";
import { createRedrive } from "../../../packages/operations/src/redrive.ts";
import type { Outcome } from "../../../packages/operations/src/removal.ts";
import {
  createFakeQueues,
  deadLetterOf,
  type FakeQueueOptions,
  final,
  passing,
  refusing,
} from "../../support/dead-letters.ts";

interface Case extends Omit<FakeQueueOptions, "letters"> {
  readonly signal?: AbortSignal;
  readonly groups?: string;
}

/** Redrives messages named by a letter each; with `groups`, each in the group of the same place. */
async function redrive(ids: string, options: Case = {}) {
  const { groups, signal = new AbortController().signal, ...queueOptions } = options;
  const letters = [...ids].map((id, at) =>
    deadLetterOf(id, groups === undefined ? {} : { groupId: groups.charAt(at) }),
  );
  const queues = createFakeQueues({ letters, fifo: groups !== undefined, ...queueOptions });
  const outcomes = new Map<string, Outcome>();
  const gone: string[] = [];
  const act = createRedrive({
    ...queues,
    signal,
    sleep: async () => {},
    reading: { gone: ({ id }) => void gone.push(id) },
    onOutcome: ({ id }, outcome) => void outcomes.set(id, outcome),
  });
  const finished = act(await queues.queue.receive());
  return { ...queues, outcomes, gone, finished };
}

async function redriven(ids: string, options: Case = {}) {
  const result = await redrive(ids, options);
  await result.finished;
  return result;
}

describe("a redrive", () => {
  it("deletes what the main queue has accepted, and only then", async () => {
    const { calls } = await redriven("abc");
    expect(calls).toEqual(["send a,b,c", "remove a,b,c"]);
  });

  it("deletes nothing when the main queue does not answer", async () => {
    const { queue, left } = createFakeQueues({ letters: [deadLetterOf("a")] });
    const act = createRedrive({
      queue,
      main: { send: () => Promise.reject(new Error("gone")) },
      signal: new AbortController().signal,
      sleep: async () => {},
      reading: { gone() {} },
      onOutcome() {},
    });
    await expect(act(await queue.receive())).rejects.toThrow("gone");
    expect(left()).toEqual(["a"]);
  });

  it("keeps the dead letters whose copies are refused", async () => {
    const { left } = await redriven("abc", { refuseSend: refusing(["b"], final) });
    expect(left()).toEqual(["b"]);
  });

  it("says which were refused, and why", async () => {
    const { outcomes } = await redriven("ab", { refuseSend: refusing(["b"], final) });
    expect([...outcomes]).toEqual([
      ["a", { kind: "redriven" }],
      ["b", { kind: "failed", reason: "the main queue refused it: InvalidMessageContents" }],
    ]);
  });

  it("tries again what SQS itself failed to take", async () => {
    const { calls } = await redriven("abc", { refuseSend: refusing(["b"], passing, 1) });
    expect(calls).toEqual(["send a,b,c", "remove a,c", "send b", "remove b"]);
  });

  it("gives up in the end", async () => {
    const { calls, left } = await redriven("a", { refuseSend: refusing(["a"], passing) });
    expect([calls, left()]).toEqual([["send a", "send a", "send a"], ["a"]]);
  });

  it("deletes again what was not deleted", async () => {
    const { calls } = await redriven("ab", { refuseRemove: refusing(["b"], passing, 1) });
    expect(calls).toEqual(["send a,b", "remove a,b", "remove b"]);
  });

  it("says what was copied and yet stays", async () => {
    const { outcomes, gone } = await redriven("ab", { refuseRemove: refusing(["b"], final) });
    expect(outcomes.get("b")).toMatchObject({ kind: "failed", reason: expect.stringContaining("redriven again") });
    expect(gone).toEqual(["a"]);
  });

  it("ends, and says so, when nothing can be deleted any more", async () => {
    const throwing = () => {
      throw new Error("AccessDenied");
    };
    const { finished } = await redrive("ab", { refuseRemove: throwing });
    await expect(finished).rejects.toThrow("2 dead letters were accepted by the main queue but not deleted");
  });

  it("splits what is more than 1 MiB together", async () => {
    const letters = ["a", "b", "c"].map((id) => deadLetterOf(id, { body: id.padEnd(MAX_BATCH_BYTES / 2, "x") }));
    const { queue, main, sent } = createFakeQueues({ letters });
    const sizes: number[] = [];
    const act = createRedrive({
      queue,
      main: {
        send(copies) {
          sizes.push(copies.length);
          return main.send(copies);
        },
      },
      signal: new AbortController().signal,
      sleep: async () => {},
      reading: { gone() {} },
      onOutcome() {},
    });
    await act(await queue.receive());
    expect([sizes, sent.length]).toEqual([[2, 1], 3]);
  });

  it("starts nothing after a signal", async () => {
    const { calls } = await redriven("a", { signal: AbortSignal.abort() });
    expect(calls).toEqual([]);
  });
});

describe("a redrive of a FIFO queue", () => {
  it("sends one message of a group at a time", async () => {
    const { calls } = await redriven("abcd", { groups: "1121" });
    expect(calls).toEqual(["send a,c", "remove a,c", "send b", "remove b", "send d", "remove d"]);
  });

  it("holds back what follows a refused message of its group, and nothing else", async () => {
    const { sent, left } = await redriven("abcd", { groups: "1122", refuseSend: refusing(["a"], final) });
    expect([sent.map(({ body }) => body), left()]).toEqual([
      ["body of c", "body of d"],
      ["a", "b"],
    ]);
  });

  it("says what was held back", async () => {
    const { outcomes } = await redriven("ab", { groups: "11", refuseSend: refusing(["a"], final) });
    expect(outcomes.get("b")).toEqual({ kind: "failed", reason: "an earlier message of its group was refused" });
  });

  it("keeps the order while it tries again", async () => {
    const { sent } = await redriven("ab", { groups: "11", refuseSend: refusing(["a"], passing, 1) });
    expect(sent.map(({ body }) => body)).toEqual(["body of a", "body of b"]);
  });
});
