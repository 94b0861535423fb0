import { describe, expect, it } from "vitest";
import { eventsOf, labels } from "../../support/fault-messages.ts";
import { startFaultStack } from "../../support/fault-stack.ts";

const NEVER_MS = 3_600_000;
const everyA = labels("a", 1, 10);

describe("a relay that is killed", () => {
  it("between publishing and acknowledging publishes every event again, in order", async () => {
    const stack = await startFaultStack({ visibilityTimeoutSeconds: 1 });
    stack.server.faults.add({ effect: { kind: "answer-late" }, when: { times: 1 } });
    const last = stack.published("a10");

    await stack.deliver(eventsOf("a", 10));
    await last;
    await stack.killFunction("relay");
    await stack.acknowledged();

    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": [...everyA, ...everyA] },
      queued: [],
      deadLetters: {},
    });
  });

  it("keeps every message of its batch in the queue, those too that it had published", async () => {
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
  it("leaves in the queue what is not published, and acknowledges what is", async () => {
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

  it("is not overrun by a batch of many channels either", async () => {
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
