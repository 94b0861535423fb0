import { describe, expect, it } from "vitest";
import { MAX_BATCH_BYTES } from "../../../packages/operations/src/batches.ts";
import type { ChangeOutcome } from "../../../packages/operations/src/deletion.ts";
import { createRedrive } from "../../../packages/operations/src/redrive.ts";
import {
  createFakeQueues,
  deadLetterOf,
  type FakeQueueOptions,
  failing,
  final,
  retryable,
} from "../../support/dead-letters.ts";

interface Case extends Omit<FakeQueueOptions, "deadLetters"> {
  readonly signal?: AbortSignal;
  readonly groups?: string;
}

/** Redrives a message for each character of `ids`. `groups` has the group of each, at the same position. */
async function redrive(ids: string, options: Case = {}) {
  const { groups, signal = new AbortController().signal, ...queueOptions } = options;
  const deadLetters = [...ids].map((id, at) =>
    deadLetterOf(id, groups === undefined ? {} : { groupId: groups.charAt(at) }),
  );
  const queues = createFakeQueues({ deadLetters, fifo: groups !== undefined, ...queueOptions });
  const outcomes = new Map<string, ChangeOutcome>();
  const deleted: string[] = [];
  const act = createRedrive({
    ...queues,
    signal,
    sleep: async () => {},
    reader: { markDeleted: ({ id }) => void deleted.push(id) },
    onOutcome: ({ id }, outcome) => void outcomes.set(id, outcome),
  });
  const finished = act(await queues.queue.receive());
  return { ...queues, outcomes, deleted, finished };
}

async function redriven(ids: string, options: Case = {}) {
  const result = await redrive(ids, options);
  await result.finished;
  return result;
}

describe("a redrive", () => {
  it("deletes a dead letter only after the main queue has accepted its copy", async () => {
    const { calls } = await redriven("abc");
    expect(calls).toEqual(["send a,b,c", "remove a,b,c"]);
  });

  it("deletes nothing when the main queue does not answer", async () => {
    const { queue, left } = createFakeQueues({ deadLetters: [deadLetterOf("a")] });
    const act = createRedrive({
      queue,
      main: { send: () => Promise.reject(new Error("gone")) },
      signal: new AbortController().signal,
      sleep: async () => {},
      reader: { markDeleted() {} },
      onOutcome() {},
    });
    await expect(act(await queue.receive())).rejects.toThrow("gone");
    expect(left()).toEqual(["a"]);
  });

  it("keeps the dead letters whose copies fail", async () => {
    const { left } = await redriven("abc", { failSend: failing(["b"], final) });
    expect(left()).toEqual(["b"]);
  });

  it("reports the reason of each failure", async () => {
    const { outcomes } = await redriven("ab", { failSend: failing(["b"], final) });
    expect([...outcomes]).toEqual([
      ["a", { kind: "redriven" }],
      ["b", { kind: "failed", reason: "the main queue did not accept it: InvalidMessageContents" }],
    ]);
  });

  it("sends an entry again when the fault is on SQS's side", async () => {
    const { calls } = await redriven("abc", { failSend: failing(["b"], retryable, 1) });
    expect(calls).toEqual(["send a,b,c", "remove a,c", "send b", "remove b"]);
  });

  it("gives up after three attempts", async () => {
    const { calls, left } = await redriven("a", { failSend: failing(["a"], retryable) });
    expect([calls, left()]).toEqual([["send a", "send a", "send a"], ["a"]]);
  });

  it("retries a failed deletion", async () => {
    const { calls } = await redriven("ab", { failRemove: failing(["b"], retryable, 1) });
    expect(calls).toEqual(["send a,b", "remove a,b", "remove b"]);
  });

  it("reports a message that was copied but not deleted", async () => {
    const { outcomes, deleted } = await redriven("ab", { failRemove: failing(["b"], final) });
    expect(outcomes.get("b")).toMatchObject({ kind: "failed", reason: expect.stringContaining("redriven again") });
    expect(deleted).toEqual(["a"]);
  });

  it("throws when it cannot delete any more", async () => {
    const throwing = () => {
      throw new Error("AccessDenied");
    };
    const { finished } = await redrive("ab", { failRemove: throwing });
    await expect(finished).rejects.toThrow("2 dead letters were accepted by the main queue but not deleted");
  });

  it("splits a batch of more than 1 MiB", async () => {
    const deadLetters = ["a", "b", "c"].map((id) => deadLetterOf(id, { body: id.padEnd(MAX_BATCH_BYTES / 2, "x") }));
    const { queue, main, sent } = createFakeQueues({ deadLetters });
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
      reader: { markDeleted() {} },
      onOutcome() {},
    });
    await act(await queue.receive());
    expect([sizes, sent.length]).toEqual([[2, 1], 3]);
  });

  it("sends nothing after an abort", async () => {
    const { calls } = await redriven("a", { signal: AbortSignal.abort() });
    expect(calls).toEqual([]);
  });
});

describe("a redrive of a FIFO queue", () => {
  it("sends one message of a group at a time", async () => {
    const { calls } = await redriven("abcd", { groups: "1121" });
    expect(calls).toEqual(["send a,c", "remove a,c", "send b", "remove b", "send d", "remove d"]);
  });

  it("blocks only the group of a failed message", async () => {
    const { sent, left } = await redriven("abcd", { groups: "1122", failSend: failing(["a"], final) });
    expect([sent.map(({ body }) => body), left()]).toEqual([
      ["body of c", "body of d"],
      ["a", "b"],
    ]);
  });

  it("reports each blocked message", async () => {
    const { outcomes } = await redriven("ab", { groups: "11", failSend: failing(["a"], final) });
    expect(outcomes.get("b")).toEqual({ kind: "failed", reason: "an earlier message of its group failed" });
  });

  it("keeps the order during a retry", async () => {
    const { sent } = await redriven("ab", { groups: "11", failSend: failing(["a"], retryable, 1) });
    expect(sent.map(({ body }) => body)).toEqual(["body of a", "body of b"]);
  });
});
