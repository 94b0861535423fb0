import type { SQSEvent } from "aws-lambda";
import { expect, it, onTestFinished } from "vitest";
import { type BatchObservation, type PollerDeps, startPoller } from "../../../../packages/local/src/sqs/poller.ts";
import { createFakeSource, idsOf, sqsRecordOf } from "../../../support/local-records.ts";

/** Starts a poller that is stopped with the test, and hands out its next observation. */
function start(deps: PollerDeps) {
  const observed = Promise.withResolvers<BatchObservation>();
  const poller = startPoller({ ...deps, onBatch: observed.resolve });
  onTestFinished(() => poller.stop());
  return { poller, firstBatch: observed.promise };
}

it("deletes what succeeded and leaves what failed", async () => {
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

it("tells what became of a batch", async () => {
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

it("goes on after the queue failed", async () => {
  const source = createFakeSource([new Error("unreachable"), [sqsRecordOf("a")]]);
  const { firstBatch } = start({ source, invoke: async () => null });
  expect(idsOf((await firstBatch).records)).toEqual(["a"]);
});

it("reports a failing queue", async () => {
  const reported = Promise.withResolvers<unknown>();
  const source = createFakeSource([new Error("unreachable")]);
  start({ source, invoke: async () => null, onError: reported.resolve });
  expect(await reported.promise).toEqual(new Error("unreachable"));
});

it("deletes again what could not be deleted", async () => {
  const source = createFakeSource([[sqsRecordOf("a")]], { failingRemovals: 1 });
  await start({ source, invoke: async () => null }).firstBatch;
  expect(source.removed).toEqual(["a"]);
});

it("lets the invocation under way finish before it stops", async () => {
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

it("makes records visible again that arrive while it stops", async () => {
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

it("closes its source when it has stopped", async () => {
  const source = createFakeSource([]);
  await start({ source, invoke: async () => null }).poller.stop();
  expect(source.closed()).toBe(true);
});

it("refuses settings that Lambda would refuse", () => {
  const deps = { source: createFakeSource([]), invoke: async () => null, batchSize: 11 };
  expect(() => startPoller(deps)).toThrow(RangeError);
});

/** A function that answers only when told to, and remembers the batches it got. */
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

it("has one batch per group under way on a FIFO queue", async () => {
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
