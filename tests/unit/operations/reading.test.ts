import { expect, it } from "vitest";
import type { DeadLetterQueue } from "../../../packages/operations/src/queues.ts";
import { createReading, HOLD_SECONDS } from "../../../packages/operations/src/reading.ts";
import { createFakeQueues, deadLetterOf } from "../../support/dead-letters.ts";

const never = new AbortController().signal;
const NOW = 1_000;

async function readAll(queue: DeadLetterQueue, signal = never) {
  const reading = createReading({ queue, now: () => NOW, signal });
  const ids: string[] = [];
  for await (const letters of reading.batches()) ids.push(...letters.map(({ id }) => id));
  return { reading, ids };
}

const letters = (count: number) => Array.from({ length: count }, (_, at) => deadLetterOf(`m${at}`));
const answering = (receive: DeadLetterQueue["receive"]): DeadLetterQueue => ({
  ...createFakeQueues({ letters: [] }).queue,
  receive,
});

it("reads a queue to its end", async () => {
  expect((await readAll(createFakeQueues({ letters: letters(25) }).queue)).ids).toHaveLength(25);
});

it("hands out each message once, however often SQS does", async () => {
  const answers = [letters(2), letters(3), letters(1), []];
  const { ids } = await readAll(answering(async () => answers.shift() ?? []));
  expect(ids).toEqual(["m0", "m1", "m2"]);
});

it("leaves alone what came after it started", async () => {
  const { queue } = createFakeQueues({ letters: [deadLetterOf("old"), deadLetterOf("new", { sentAtMs: NOW + 1 })] });
  expect((await readAll(queue)).ids).toEqual(["old"]);
});

it("ends although new messages keep coming", async () => {
  let count = 0;
  const { ids } = await readAll(answering(async () => [deadLetterOf(`m${count++}`, { sentAtMs: NOW + 1 })]));
  expect(ids).toEqual([]);
});

it("ends on a signal", async () => {
  expect((await readAll(createFakeQueues({ letters: letters(1) }).queue, AbortSignal.abort())).ids).toEqual([]);
});

it("makes visible again what is not gone", async () => {
  const { queue, left, isHidden } = createFakeQueues({ letters: letters(25) });
  const { reading } = await readAll(queue);
  expect(await reading.release()).toBe(0);
  expect([left().length, isHidden()]).toEqual([25, false]);
});

it("does not release what is gone", async () => {
  const released: string[] = [];
  const fake = createFakeQueues({ letters: letters(2) }).queue;
  const queue: DeadLetterQueue = {
    ...fake,
    async release(receipts) {
      released.push(...receipts.map(({ id }) => id));
      return [];
    },
  };
  const { reading } = await readAll(queue);
  reading.gone(deadLetterOf("m0"));
  await reading.release();
  expect(released).toEqual(["m1"]);
});

it("releases by the last receipt it was given", async () => {
  const receipts: string[] = [];
  const answers = [[deadLetterOf("a", { receiptHandle: "first" })], [deadLetterOf("a", { receiptHandle: "second" })]];
  const { reading } = await readAll({
    ...answering(async () => answers.shift() ?? []),
    async release(entries) {
      receipts.push(...entries.map(({ receiptHandle }) => receiptHandle));
      return [];
    },
  });
  await reading.release();
  expect(receipts).toEqual(["second"]);
});

it("counts what stays hidden, and throws nothing", async () => {
  const { queue } = createFakeQueues({ letters: letters(12) });
  const { reading } = await readAll({ ...queue, release: () => Promise.reject(new Error("gone")) });
  expect(await reading.release()).toBe(12);
});

it("ends before the first message it holds comes back", async () => {
  let clockMs = NOW;
  let count = 0;
  const queue = answering(async () => {
    clockMs += HOLD_SECONDS * 10;
    return [deadLetterOf(`m${count++}`)];
  });
  const reading = createReading({ queue, now: () => clockMs, signal: never });
  for await (const _ of reading.batches());
  expect(reading.unread()).toContain("about to come back");
  expect(clockMs - NOW).toBeLessThanOrEqual(HOLD_SECONDS * 1_000);
});
