import { LOCAL_APP, startLocalPusher } from "@realtime-gateway/local";
import { type FaultEffect, startPusherServer } from "@realtime-gateway/pusher-server";
import { describe, expect, it, onTestFinished } from "vitest";
import { startPickyPusher } from "../../support/fault-front.ts";
import { eventsOf, labels, progressOf } from "../../support/fault-messages.ts";
import { startFaultStack } from "../../support/fault-stack.ts";

/** Only a fault without an answer lasts as long as the timeout, at each attempt. */
const UNANSWERED_MS = 500;
const ANSWERED_MS = 10_000;
const NEVER_MS = 3_600_000;
const MAX_ATTEMPTS = 4;
const everyA = labels("a", 1, 10);

/** The fault of every call, the code of the failed messages, how often Pusher publishes them nevertheless, the timeout. */
const FAULTS: readonly (readonly [
  name: string,
  code: string,
  effect: FaultEffect,
  times: number,
  timeoutMs: number,
])[] = [
  ["500", "pusher_unavailable", { kind: "answer", status: 500 }, 0, ANSWERED_MS],
  ["429 without Retry-After", "pusher_rate_limited", { kind: "answer", status: 429 }, 0, ANSWERED_MS],
  [
    "429 with a Retry-After that no invocation has the time for",
    "pusher_rate_limited",
    { kind: "answer", status: 429, headers: { "retry-after": "3600" } },
    0,
    ANSWERED_MS,
  ],
  ["no answer", "pusher_unavailable", { kind: "wait", ms: NEVER_MS }, 0, UNANSWERED_MS],
  ["no answer, but accepts", "pusher_unavailable", { kind: "answer-late" }, MAX_ATTEMPTS, UNANSWERED_MS],
  ["half a body", "pusher_unavailable", { kind: "stall-body" }, MAX_ATTEMPTS, UNANSWERED_MS],
  ["a reset", "pusher_unavailable", { kind: "reset" }, 0, ANSWERED_MS],
  ["403", "pusher_misconfigured", { kind: "answer", status: 403 }, 0, ANSWERED_MS],
  ["404", "pusher_misconfigured", { kind: "answer", status: 404 }, 0, ANSWERED_MS],
];

describe("Pusher answers every call with", () => {
  it.each(FAULTS)("%s: every message remains in the queue, as %s", async (_name, code, effect, times, timeoutMs) => {
    const stack = await startFaultStack({ env: { REALTIME_PUSHER_TIMEOUT_MS: String(timeoutMs) } });
    stack.server.faults.add({ effect });

    await stack.deliver(eventsOf("a", 10));
    const { failed } = await stack.summary();
    await stack.batch();

    const published = times > 0 && { "private-audit-a": Array.from({ length: times }, () => everyA).flat() };
    expect({ failed, ...(await stack.whereabouts()) }).toEqual({
      failed: { [code]: 10 },
      published: { ...published },
      queued: everyA,
      deadLetters: {},
    });
  });
});

describe("Pusher answers 401 for a wrong secret", () => {
  async function startWithWrongSecret() {
    const target = await startLocalPusher(0);
    return await startFaultStack({
      pusher: { ...target, env: { ...target.env, PUSHER_SECRET: "of-some-other-app" } },
      poller: { batchSize: 30, batchWindowSeconds: 2 },
    });
  }

  it("every message remains in the queue, after one call", async () => {
    const stack = await startWithWrongSecret();

    await stack.deliver(eventsOf("a", 30));
    const { failed, pusher_calls } = await stack.summary();
    await stack.batch();

    expect({ failed, pusher_calls, ...(await stack.whereabouts()) }).toEqual({
      failed: { pusher_misconfigured: 30 },
      pusher_calls: 1,
      published: {},
      queued: labels("a", 1, 30),
      deadLetters: {},
    });
  });

  it("one log record names the settings to check", async () => {
    const stack = await startWithWrongSecret();

    await stack.deliver(eventsOf("a", 30));
    await stack.summary();

    expect(stack.logged("pusher_misconfigured")).toMatchObject([
      {
        detail: expect.stringMatching(/^status 401: Invalid signature/),
        messages: 30,
        check: expect.stringContaining("PUSHER_SECRET"),
      },
    ]);
  });
});

describe("a dead server", () => {
  it("leaves every message in the queue", async () => {
    const stack = await startFaultStack();
    await stack.server.close();

    await stack.deliver(eventsOf("a", 10));
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({ published: {}, queued: everyA, deadLetters: {} });
  });

  it("that runs again gets every event once, in the order of its messages", async () => {
    const stack = await startFaultStack({ visibilityTimeoutSeconds: 1 });
    await stack.server.close();
    await stack.deliver(eventsOf("a", 10));
    await stack.batch();

    const back = await startPusherServer({ apps: [LOCAL_APP], port: stack.server.port });
    onTestFinished(() => back.close());
    stack.watch(back);
    await stack.acknowledged();

    // A standard queue promises no order for messages that it sends again.
    const acknowledged = stack.handedOut().flatMap((message) => (message.acknowledged ? [message.label] : []));
    expect(acknowledged).toHaveLength(everyA.length);
    expect(new Set(acknowledged)).toEqual(new Set(everyA));
    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": acknowledged },
      queued: [],
      deadLetters: {},
    });
  });
});

it("a failure in one lane does not fail another lane", async () => {
  const picky = await startPickyPusher();
  picky.reject("a3", 503);
  const stack = await startFaultStack({
    pusher: picky.target,
    poller: { batchSize: 20, batchWindowSeconds: 2 },
  });

  await stack.deliver([...eventsOf("a", 10), ...eventsOf("b", 10)]);
  await stack.batch();

  expect(await stack.whereabouts()).toEqual({
    published: { "private-audit-b": labels("b", 1, 10) },
    queued: everyA,
    deadLetters: {},
  });
});

it("a replaced event remains in the queue with the newer one", async () => {
  const stack = await startFaultStack();
  stack.server.faults.add({ effect: { kind: "answer", status: 500 } });

  await stack.deliver(progressOf("a", 10));
  await stack.batch();

  expect(await stack.whereabouts()).toEqual({ published: {}, queued: everyA, deadLetters: {} });
});
