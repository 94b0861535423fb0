import { describe, expect, it } from "vitest";
import { startPickyPusher } from "../../support/fault-front.ts";
import { eventsOf, labels, poison } from "../../support/fault-messages.ts";
import { closedPort, deadLettersAt, silentPort } from "../../support/fault-ports.ts";
import { type FaultOptions, startFaultStack } from "../../support/fault-stack.ts";

const startFifoStack = (options: FaultOptions = {}) => startFaultStack({ queue: { fifo: true }, ...options });
const deadLetterQueue = "domain-events-dlq.fifo";
const four = eventsOf("a", 4);
const inTheMiddle = [...four.slice(0, 2), poison("p", "a"), ...four.slice(2)];

describe("a permanent failure in the middle of a FIFO group", () => {
  it("dead-letters a message that is not an event, and publishes the rest of the group in order", async () => {
    const stack = await startFifoStack();

    await stack.deliver(inTheMiddle);
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": labels("a", 1, 4) },
      queued: [],
      deadLetters: { p: "invalid_json" },
    });
  });

  it("dead-letters a message that Pusher rejects, and publishes the rest of the group in order", async () => {
    const picky = await startPickyPusher();
    picky.reject("a5", 413);
    const stack = await startFifoStack({ pusher: picky.target });

    await stack.deliver(eventsOf("a", 10));
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": [...labels("a", 1, 4), ...labels("a", 6, 10)] },
      queued: [],
      deadLetters: { a5: "rejected_by_pusher" },
    });
  });

  it.each([
    ["is dead", closedPort],
    ["is silent", silentPort],
  ])("blocks only its own group if the dead-letter queue %s", async (_how, port) => {
    const stack = await startFifoStack({
      env: deadLettersAt(await port(), deadLetterQueue),
      relayTimeoutMs: 4_000,
    });

    await stack.deliver([...inTheMiddle, ...eventsOf("b", 5)]);
    const { error } = await stack.batch();

    expect({ error, ...(await stack.whereabouts()) }).toEqual({
      published: { "private-audit-a": ["a1", "a2"], "private-audit-b": labels("b", 1, 5) },
      queued: ["p", "a3", "a4"],
      deadLetters: {},
    });
  });
});
