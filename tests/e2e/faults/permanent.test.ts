import { describe, expect, it } from "vitest";
import { startPickyPusher } from "../../support/fault-front.ts";
import { eventsOf, labels, poison } from "../../support/fault-messages.ts";
import { closedPort, deadLettersAt, silentPort } from "../../support/fault-ports.ts";
import { startFaultStack } from "../../support/fault-stack.ts";

const nine = eventsOf("a", 9);
const nineAndPoison = [...nine.slice(0, 4), poison("p"), ...nine.slice(4)];
const everyOfNine = { "private-audit-a": labels("a", 1, 9) };

describe("a message that can never be published, among nine good ones", () => {
  it("goes to the dead-letter queue with its code, and the nine are published in order", async () => {
    const stack = await startFaultStack();

    await stack.deliver(nineAndPoison);
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: everyOfNine,
      queued: [],
      deadLetters: { p: "invalid_json" },
    });
  });

  it("goes there too when the relay has little time", async () => {
    const stack = await startFaultStack({ relayTimeoutMs: 3_000 });

    await stack.deliver(nineAndPoison);
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: everyOfNine,
      queued: [],
      deadLetters: { p: "invalid_json" },
    });
  });

  it("goes there too while Pusher does not answer, and the nine remain in the queue", async () => {
    const stack = await startFaultStack();
    stack.server.faults.add({ effect: { kind: "answer", status: 500 } });

    await stack.deliver(nineAndPoison);
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: {},
      queued: labels("a", 1, 9),
      deadLetters: { p: "invalid_json" },
    });
  });

  it.each([
    ["is dead", closedPort],
    ["is silent", silentPort],
  ])("remains in the queue if the dead-letter queue %s, and the nine are published in order", async (_how, port) => {
    const stack = await startFaultStack({ env: deadLettersAt(await port()), relayTimeoutMs: 2_000 });

    await stack.deliver(nineAndPoison);
    const { error } = await stack.batch();

    expect({ error, ...(await stack.whereabouts()) }).toEqual({
      published: everyOfNine,
      queued: ["p"],
      deadLetters: {},
    });
  });

  it("fails long before its time is up if the dead-letter queue is silent", async () => {
    const relayTimeoutMs = 300_000;
    const stack = await startFaultStack({ env: deadLettersAt(await silentPort()), relayTimeoutMs });

    await stack.deliver([poison("p")]);
    const { durationMs } = await stack.batch();

    expect(durationMs).toBeLessThan(relayTimeoutMs / 2);
  });
});

describe("Pusher rejects one event of ten (413)", () => {
  it("only that event goes to the dead-letter queue, and the others are published once, in order", async () => {
    const picky = await startPickyPusher();
    picky.reject("a5", 413);
    const stack = await startFaultStack({ pusher: picky.target });

    await stack.deliver(eventsOf("a", 10));
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": [...labels("a", 1, 4), ...labels("a", 6, 10)] },
      queued: [],
      deadLetters: { a5: "rejected_by_pusher" },
    });
  });

  it("that event remains in the queue if the dead-letter queue is dead", async () => {
    const picky = await startPickyPusher();
    picky.reject("a5", 413);
    const stack = await startFaultStack({ pusher: picky.target, env: deadLettersAt(await closedPort()) });

    await stack.deliver(eventsOf("a", 10));
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": [...labels("a", 1, 4), ...labels("a", 6, 10)] },
      queued: ["a5"],
      deadLetters: {},
    });
  });

  it("events after a temporary failure remain in the queue, even during the calls event by event", async () => {
    const picky = await startPickyPusher();
    picky.reject("a5", 413);
    picky.reject("a8", 503);
    const stack = await startFaultStack({ pusher: picky.target });
    // The call of ten has both events, and Pusher answers with the first fault that it finds.
    await stack.deliver(eventsOf("a", 10));
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-a": ["a1", "a2", "a3", "a4", "a6", "a7"] },
      queued: ["a8", "a9", "a10"],
      deadLetters: { a5: "rejected_by_pusher" },
    });
  });
});
