import { describe, expect, it } from "vitest";
import { startPickyPusher } from "../../support/fault-front.ts";
import { labels, twoChannelEventsOf } from "../../support/fault-messages.ts";
import { type FaultOptions, startFaultStack } from "../../support/fault-stack.ts";

const startFifoStack = (options: FaultOptions = {}) => startFaultStack({ queue: { fifo: true }, ...options });
const onBoth = (...channel: readonly string[]) => ({ "private-audit-a": channel, "private-fiche-a": channel });

describe("a transient failure in the middle of a FIFO group", () => {
  async function startFailing(options: FaultOptions = {}) {
    const picky = await startPickyPusher();
    picky.reject("a7", 503);
    return { picky, stack: await startFifoStack({ pusher: picky.target, ...options }) };
  }

  it("leaves every later message of the group in the queue", async () => {
    const { stack } = await startFailing();

    await stack.deliver(twoChannelEventsOf("a", 10));
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: onBoth(...labels("a", 1, 5)),
      queued: labels("a", 6, 10),
      deadLetters: {},
    });
  });

  it("is followed by the rest of the group in order, once a retry succeeds", async () => {
    const { picky, stack } = await startFailing({ visibilityTimeoutSeconds: 1 });
    await stack.deliver(twoChannelEventsOf("a", 10));
    await stack.batch();

    picky.acceptAll();
    await stack.acknowledged();

    expect(await stack.whereabouts()).toEqual({
      published: onBoth(...labels("a", 1, 10)),
      queued: [],
      deadLetters: {},
    });
  });

  it("blocks messages that are sent to the group in the meantime", async () => {
    const { picky, stack } = await startFailing({ visibilityTimeoutSeconds: 1 });
    const messages = twoChannelEventsOf("a", 15);
    await stack.deliver(messages.slice(0, 10));
    await stack.batch();
    await stack.deliver(messages.slice(10));

    picky.acceptAll();
    await stack.acknowledged();

    expect(await stack.whereabouts()).toEqual({
      published: onBoth(...labels("a", 1, 15)),
      queued: [],
      deadLetters: {},
    });
  });

  it("comes before every later call of its group", async () => {
    const { picky, stack } = await startFailing();
    picky.acceptAll();
    picky.reject("a3", 503);

    await stack.deliver(twoChannelEventsOf("a", 10));
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({ published: {}, queued: labels("a", 1, 10), deadLetters: {} });
  });

  it("does not block another group", async () => {
    const { picky, stack } = await startFailing();
    picky.reject("a3", 503);

    await stack.deliver([...twoChannelEventsOf("a", 5), ...twoChannelEventsOf("b", 5)]);
    await stack.batch();

    expect(await stack.whereabouts()).toEqual({
      published: { "private-audit-b": labels("b", 1, 5), "private-fiche-b": labels("b", 1, 5) },
      queued: labels("a", 1, 5),
      deadLetters: {},
    });
  });
});

it("a relay that is killed in the middle of a FIFO group publishes all of it again, in order", async () => {
  const stack = await startFifoStack({ visibilityTimeoutSeconds: 1 });
  stack.server.faults.add({ effect: { kind: "answer-late" }, when: { skip: 1, times: 1 } });
  const last = stack.published("a10");

  await stack.deliver(twoChannelEventsOf("a", 10));
  await last;
  await stack.killFunction("relay");
  await stack.acknowledged();

  const twice = [...labels("a", 1, 10), ...labels("a", 1, 10)];
  expect(await stack.whereabouts()).toEqual({ published: onBoth(...twice), queued: [], deadLetters: {} });
});
