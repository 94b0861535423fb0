import { expect, it } from "vitest";
import { createQueueReader, HOLD_SECONDS } from "../../../packages/operations/src/queue-reader.ts";
import type { DeadLetterQueue } from "../../../packages/operations/src/queues.ts";
import { createFakeQueues, deadLetterOf } from "../../support/dead-letters.ts";

const never = new AbortController().signal;
const NOW = 1_000;

async function readAll(queue: DeadLetterQueue, signal = never) {
  const reader = createQueueReader({ queue, now: () => NOW, signal });
  const ids: string[] = [];
  for await (const batch of reader.batches()) ids.push(...batch.map(({ id }) => id));
  return { reader, ids };
}

const deadLetters = (count: number) => Array.from({ length: count }, (_, at) => deadLetterOf(`m${at}`));
const answering = (receive: DeadLetterQueue["receive"]): DeadLetterQueue => ({
  ...createFakeQueues({ deadLetters: [] }).queue,
  receive,
});

it("reads a queue to its end", async () => {
  expect((await readAll(createFakeQueues({ deadLetters: deadLetters(25) }).queue)).ids).toHaveLength(25);
});

it("returns each message once, however often SQS returns it", async () => {
  const answers = [deadLetters(2), deadLetters(3), deadLetters(1), []];
  const { ids } = await readAll(answering(async () => answers.shift() ?? []));
  expect(ids).toEqual(["m0", "m1", "m2"]);
});

it("skips messages that are newer than the command", async () => {
  const { queue } = createFakeQueues({
    deadLetters: [deadLetterOf("old"), deadLetterOf("new", { sentAtMs: NOW + 1 })],
  });
  expect((await readAll(queue)).ids).toEqual(["old"]);
});

it("ends although new messages arrive without end", async () => {
  let count = 0;
  const { ids } = await readAll(answering(async () => [deadLetterOf(`m${count++}`, { sentAtMs: NOW + 1 })]));
  expect(ids).toEqual([]);
});

it("reads nothing after an abort", async () => {
  expect((await readAll(createFakeQueues({ deadLetters: deadLetters(1) }).queue, AbortSignal.abort())).ids).toEqual([]);
});

it("makes every message visible again that is not deleted", async () => {
  const { queue, left, isHidden } = createFakeQueues({ deadLetters: deadLetters(25) });
  const { reader } = await readAll(queue);
  expect(await reader.release()).toBe(0);
  expect([left().length, isHidden()]).toEqual([25, false]);
});

it("does not release a deleted message", async () => {
  const released: string[] = [];
  const fake = createFakeQueues({ deadLetters: deadLetters(2) }).queue;
  const queue: DeadLetterQueue = {
    ...fake,
    async release(receipts) {
      released.push(...receipts.map(({ id }) => id));
      return [];
    },
  };
  const { reader } = await readAll(queue);
  reader.markDeleted(deadLetterOf("m0"));
  await reader.release();
  expect(released).toEqual(["m1"]);
});

it("releases a message by its latest receipt", async () => {
  const receipts: string[] = [];
  const answers = [[deadLetterOf("a", { receiptHandle: "first" })], [deadLetterOf("a", { receiptHandle: "second" })]];
  const { reader } = await readAll({
    ...answering(async () => answers.shift() ?? []),
    async release(entries) {
      receipts.push(...entries.map(({ receiptHandle }) => receiptHandle));
      return [];
    },
  });
  await reader.release();
  expect(receipts).toEqual(["second"]);
});

it("counts the messages that it cannot release, and does not throw", async () => {
  const { queue } = createFakeQueues({ deadLetters: deadLetters(12) });
  const { reader } = await readAll({ ...queue, release: () => Promise.reject(new Error("gone")) });
  expect(await reader.release()).toBe(12);
});

it("ends before its first message becomes visible again", async () => {
  let clockMs = NOW;
  let count = 0;
  const queue = answering(async () => {
    clockMs += HOLD_SECONDS * 10;
    return [deadLetterOf(`m${count++}`)];
  });
  const reader = createQueueReader({ queue, now: () => clockMs, signal: never });
  for await (const _ of reader.batches());
  expect(reader.unreadReason()).toContain("about to become visible again");
  expect(clockMs - NOW).toBeLessThanOrEqual(HOLD_SECONDS * 1_000);
});
