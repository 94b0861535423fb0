import type { FaultEffect } from "@realtime-gateway/pusher-server";
import { describe, expect, it } from "vitest";
import { eventsOf, labels, progressOf } from "../../support/fault-messages.ts";
import { startFaultStack } from "../../support/fault-stack.ts";
import { listen } from "../../support/stack.ts";

/** A fault without an answer lasts as long as the timeout. The answer to the next attempt must arrive in it too. */
const UNANSWERED_MS = 2_000;
const ANSWERED_MS = 10_000;
const NEVER_MS = 3_600_000;
const everyA = labels("a", 1, 10);

/** The fault of the first call, how often its events are published in the end, and the timeout of a call. */
const FAULTS: readonly (readonly [name: string, effect: FaultEffect, times: 1 | 2, timeoutMs: number])[] = [
  ["500", { kind: "answer", status: 500 }, 1, ANSWERED_MS],
  ["500 after it has accepted", { kind: "answer", status: 500, accepted: true }, 2, ANSWERED_MS],
  ["429 without Retry-After", { kind: "answer", status: 429 }, 1, ANSWERED_MS],
  ["no answer before the timeout, nor accepts", { kind: "wait", ms: NEVER_MS }, 1, UNANSWERED_MS],
  ["no answer before the timeout, but has accepted", { kind: "answer-late" }, 2, UNANSWERED_MS],
  ["half a body and nothing more", { kind: "stall-body" }, 2, UNANSWERED_MS],
  ["a reset before it accepts", { kind: "reset" }, 1, ANSWERED_MS],
  ["a reset after it has accepted", { kind: "reset", accepted: true }, 2, ANSWERED_MS],
];

const envOf = (timeoutMs: number) => ({ REALTIME_PUSHER_TIMEOUT_MS: String(timeoutMs) });

describe.each([
  { kind: "standard", fifo: false },
  { kind: "FIFO", fifo: true },
])("Pusher answers one call from a $kind queue with", ({ fifo }) => {
  it.each(FAULTS)("%s: every event is published in order and acknowledged", async (_name, effect, times, timeoutMs) => {
    const stack = await startFaultStack({ env: envOf(timeoutMs), queue: { fifo } });
    stack.server.faults.add({ effect, when: { times: 1 } });

    await stack.deliver(eventsOf("a", 10));
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": Array.from({ length: times }, () => everyA).flat() },
      queued: [],
      deadLetters: {},
    });
  });
});

it("a viewer gets the events of an accepted call without an answer twice, each time in order", async () => {
  const stack = await startFaultStack({ env: envOf(ANSWERED_MS) });
  const viewer = await listen(stack, ["private-audit-a"]);
  stack.server.faults.add({ effect: { kind: "reset", accepted: true }, when: { times: 1 } });

  await stack.deliver(eventsOf("a", 3));

  const heard = [];
  for (let count = 0; count < 6; count += 1) heard.push((await viewer.next()).data);
  expect(heard).toMatchObject(["a1", "a2", "a3", "a1", "a2", "a3"].map((label) => ({ label })));
});

it("the third attempt succeeds after two 500 in a row", async () => {
  const stack = await startFaultStack();
  stack.server.faults.add({ effect: { kind: "answer", status: 500 }, when: { times: 2 } });

  await stack.deliver(eventsOf("a", 10));

  expect(await stack.summary()).toMatchObject({ published: 10, failed: {}, pusher_calls: 3, retries: 2 });
});

it("429 with Retry-After: the relay pauses for that time", async () => {
  const stack = await startFaultStack();
  const effect = { kind: "answer", status: 429, headers: { "retry-after": "1" } } as const;
  stack.server.faults.add({ effect, when: { times: 1 } });

  await stack.deliver(eventsOf("a", 10));
  const { durationMs } = await stack.batch();

  expect({ durationMs, ...(await stack.whereabouts()) }).toEqual({
    durationMs: expect.toSatisfy((ms: number) => ms >= 1_000),
    published: { "private-audit-a": everyA },
    queued: [],
    deadLetters: {},
  });
});

it("a replaced event is acknowledged with the newer one, once a retry has published it", async () => {
  const stack = await startFaultStack();
  stack.server.faults.add({ effect: { kind: "answer", status: 500 }, when: { times: 1 } });

  await stack.deliver(progressOf("a", 10));
  await stack.batch();

  expect(await stack.whereabouts()).toEqual({
    published: { "private-audit-a": ["a10"] },
    queued: [],
    deadLetters: {},
  });
});
