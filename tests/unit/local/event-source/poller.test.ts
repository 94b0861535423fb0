import type { SQSEvent } from "aws-lambda";
import { expect, it, onTestFinished } from "vitest";
import {
  type BatchObservation,
  type PollerDeps,
  startPoller,
} from "../../../../packages/local/src/event-source/poller.ts";
import { createFakeSource, idsOf, sqsRecordOf } from "../../../support/local-records.ts";

/** Starts a poller for this test. */
function start(deps: PollerDeps) {
  const observed = Promise.withResolvers<BatchObservation>();
  const poller = startPoller({ ...deps, onBatch: observed.resolve });
  onTestFinished(() => poller.stop());
  return { poller, firstBatch: observed.promise };
}

it("deletes the successful messages, and leaves the failed ones", async () => {
  const source = createFakeSource([[sqsRecordOf("a"), sqsRecordOf("b")]]);
  const invoke = async () => ({ batchItemFailures: [{ itemIdentifier: "b" }] });
  await start({ source, invoke }).firstBatch;
  expect(source.removed).toEqual(["a"]);
});

it("deletes nothing when the function throws", async () => {
  const source = createFakeSource([[sqsRecordOf("a")]]);
  const invoke = async () => Promise.reject(new Error("boom"));
  await start({ source, invoke }).firstBatch;
  expect(source.removed).toEqual([]);
});

it("reports the result of a batch", async () => {
  const source = createFakeSource([[sqsRecordOf("a")]]);
  const invoke = async () => Promise.reject(new Error("boom"));
  const batch = await start({ source, invoke }).firstBatch;
  expect(batch).toEqual({
    records: [sqsRecordOf("a")],
    failed: new Set(["a"]),
    error: "boom",
    durationMs: expect.any(Number),
  });
});

it("continues after a failure of the queue", async () => {
  const source = createFakeSource([new Error("unreachable"), [sqsRecordOf("a")]]);
  const { firstBatch } = start({ source, invoke: async () => null });
  expect(idsOf((await firstBatch).records)).toEqual(["a"]);
});

it("reports a failure of the queue", async () => {
  const reported = Promise.withResolvers<unknown>();
  const source = createFakeSource([new Error("unreachable")]);
  start({ source, invoke: async () => null, onError: reported.resolve });
  expect(await reported.promise).toEqual(new Error("unreachable"));
});

it("retries a deletion that failed", async () => {
  const source = createFakeSource([[sqsRecordOf("a")]], { failingRemovals: 1 });
  await start({ source, invoke: async () => null }).firstBatch;
  expect(source.removed).toEqual(["a"]);
});

it("finishes the current invocation before it stops", async () => {
  const invoked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<null>();
  const source = createFakeSource([[sqsRecordOf("a")]]);
  const { poller } = start({
    source,
    invoke: () => {
      invoked.resolve();
      return answer.promise;
    },
  });
  await invoked.promise;
  const stopped = poller.stop();
  answer.resolve(null);
  await stopped;
  expect(source.removed).toEqual(["a"]);
});

it("releases messages that arrive during the stop", async () => {
  const source = createFakeSource([[sqsRecordOf("a")]]);
  const { poller } = start({ source, invoke: async () => null });
  await poller.stop();
  expect(source.released).toEqual(["a"]);
});

it("can be stopped twice", async () => {
  const { poller } = start({ source: createFakeSource([]), invoke: async () => null });
  await poller.stop();
  await expect(poller.stop()).resolves.toBeUndefined();
});

it("closes its source after the stop", async () => {
  const source = createFakeSource([]);
  await start({ source, invoke: async () => null }).poller.stop();
  expect(source.closed()).toBe(true);
});

it("rejects settings that Lambda would reject", () => {
  const deps = { source: createFakeSource([]), invoke: async () => null, batchSize: 11 };
  expect(() => startPoller(deps)).toThrow(RangeError);
});

/** A function that answers on a call, and lists its batches. */
function createHeldFunction(expected: number) {
  const batches: string[][] = [];
  const reached = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<null>();
  return {
    batches,
    reached: reached.promise,
    answerAll: () => answer.resolve(null),
    invoke: ({ Records }: SQSEvent) => {
      batches.push(idsOf(Records));
      if (batches.length >= expected) reached.resolve();
      return answer.promise;
    },
  };
}

it("invokes for several batches at once, up to the maximum concurrency", async () => {
  const held = createHeldFunction(2);
  const source = createFakeSource([[sqsRecordOf("a")], [sqsRecordOf("b")], [sqsRecordOf("c")]]);
  start({ source, invoke: held.invoke, maximumConcurrency: 2 });
  await held.reached;
  const batches = [...held.batches];
  held.answerAll();
  expect({ batches, polls: source.asked.length }).toEqual({ batches: [["a"], ["b"]], polls: 2 });
});

it("invokes with one batch per group at a time on a FIFO queue", async () => {
  const held = createHeldFunction(2);
  const source = createFakeSource(
    [[sqsRecordOf("a1", { group: "a" })], [sqsRecordOf("a2", { group: "a" })], [sqsRecordOf("b1", { group: "b" })]],
    { fifo: true },
  );
  start({ source, invoke: held.invoke });
  await held.reached;
  const batches = [...held.batches];
  held.answerAll();
  expect(batches).toEqual([["a1"], ["b1"]]);
});
