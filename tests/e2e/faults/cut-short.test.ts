import { describe, expect, it } from "vitest";
import { eventsOf, labels } from "../../support/fault-messages.ts";
import { startFaultStack } from "../../support/fault-stack.ts";

const NEVER_MS = 3_600_000;
const everyA = labels("a", 1, 10);

describe("a relay that is killed", () => {
  it("between publishing and acknowledging publishes every event again, in the order of its messages", async () => {
    const stack = await startFaultStack({ visibilityTimeoutSeconds: 1 });
    stack.server.faults.add({ effect: { kind: "answer-late" }, when: { times: 1 } });
    const last = stack.published("a10");

    await stack.deliver(eventsOf("a", 10));
    await last;
    await stack.killFunction("relay");
    await stack.acknowledged();

    const handedOut = stack.handedOut().map(({ label }) => label);
    expect(handedOut.slice(0, 10)).toEqual(everyA);
    // A standard queue promises no order for messages that it sends again.
    expect(handedOut.slice(10)).toHaveLength(10);
    expect(new Set(handedOut.slice(10))).toEqual(new Set(everyA));
    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": handedOut },
      queued: [],
      deadLetters: {},
    });
  });

  it("leaves every message of its batch in the queue, also the published ones", async () => {
    const stack = await startFaultStack({ poller: { batchSize: 20, batchWindowSeconds: 2 } });
    stack.server.faults.add({ effect: { kind: "answer-late" }, when: { skip: 1 } });
    const last = stack.published("a20");

    await stack.deliver(eventsOf("a", 20));
    await last;
    await stack.killFunction("relay");
    const { error } = await stack.batch();

    expect({ error, ...(await stack.whereabouts()) }).toEqual({
      error: expect.stringContaining("SIGKILL"),
      published: { "private-audit-a": labels("a", 1, 20) },
      queued: labels("a", 1, 20),
      deadLetters: {},
    });
  });
});

describe("an invocation's time that runs out while Pusher is silent", () => {
  it("leaves unpublished messages in the queue, and acknowledges published ones", async () => {
    const stack = await startFaultStack({ relayTimeoutMs: 2_000, poller: { batchSize: 40, batchWindowSeconds: 2 } });
    stack.server.faults.add({ effect: { kind: "wait", ms: NEVER_MS }, when: { skip: 2 } });

    await stack.deliver(eventsOf("a", 40));
    const { error } = await stack.batch();

    expect({ error, ...(await stack.whereabouts()) }).toEqual({
      published: { "private-audit-a": labels("a", 1, 20) },
      queued: labels("a", 21, 40),
      deadLetters: {},
    });
  });

  it("also ends a batch of many channels in time", async () => {
    const stack = await startFaultStack({ relayTimeoutMs: 2_000, poller: { batchSize: 200, batchWindowSeconds: 2 } });
    stack.server.faults.add({ effect: { kind: "wait", ms: NEVER_MS } });
    const messages = Array.from({ length: 200 }, (_, index) => eventsOf(`audit-${index}-`, 1)).flat();

    await stack.deliver(messages);
    const { error } = await stack.batch();

    expect({ error, ...(await stack.whereabouts()) }).toEqual({
      published: {},
      queued: messages.map(({ label }) => label),
      deadLetters: {},
    });
  });
});
