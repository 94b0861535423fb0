import { describe, expect, it } from "vitest";
import { cloudEvent, legacyEnvelope } from "../../../support/envelopes.ts";
import { fakeDeadLetters } from "../../../support/fake-dead-letters.ts";
import { type PusherAnswer, published, refused, unavailable } from "../../../support/fake-publish.ts";
import { relayWith } from "../../../support/relay-run.ts";
import { sqsEvent } from "../../../support/sqs-record.ts";

const event = (n: number, name = "audit.brand_new"): string => cloudEvent(`{"audit_id":"a","n":${n}}`, name);
const invocation = (...bodies: string[]) =>
  sqsEvent(Object.fromEntries(bodies.map((body, n) => [`m${n}`, body]))).Records;
const sentOf = ({ calls }: ReturnType<typeof relayWith>): number => calls.flat().length;

describe("a duplicate", () => {
  it("in the same invocation is not published", async () => {
    const run = relayWith();
    expect(await run.invoke(invocation(event(1), event(1), event(1)))).toEqual([]);
    expect({ sent: sentOf(run), summary: run.summaries }).toMatchObject({
      sent: 1,
      summary: [{ published: 1, duplicate: 2 }],
    });
  });

  it("within five minutes is not published", async () => {
    const run = relayWith();
    await run.invoke(invocation(event(1)));
    await run.pass(299_999);
    expect(await run.invoke(invocation(event(1)))).toEqual([]);
    expect({ sent: sentOf(run), summary: run.summaries[1] }).toMatchObject({ sent: 1, summary: { duplicate: 1 } });
  });

  it("after five minutes is published again", async () => {
    const run = relayWith();
    await run.invoke(invocation(event(1)));
    await run.pass(300_000);
    await run.invoke(invocation(event(1)));
    expect(sentOf(run)).toBe(2);
  });

  it("has the same payload and name: another payload is another event", async () => {
    const run = relayWith();
    await run.invoke(invocation(event(1), event(2), event(1, "audit.other")));
    expect(sentOf(run)).toBe(3);
  });

  it("is not recognized in a legacy envelope, which has no id", async () => {
    const run = relayWith();
    const body = legacyEnvelope('{"audit_id":"a"}', "audit.brand_new");
    await run.invoke(invocation(body, body));
    await run.invoke(invocation(body));
    expect(sentOf(run)).toBe(3);
  });
});

describe("a duplicate of an event that was not published", () => {
  it("fails with it", async () => {
    const run = relayWith({ answer: () => unavailable });
    expect(await run.invoke(invocation(event(1), event(1)))).toEqual(["m0", "m1"]);
  });

  it("is acknowledged when both are retried and the first is published", async () => {
    const run = relayWith({ answer: (_, call) => (call <= 4 ? unavailable : published) });
    const records = invocation(event(1), event(1));
    await run.invoke(records);
    expect(await run.invoke(records)).toEqual([]);
    expect(run.summaries[1]).toMatchObject({ published: 1, duplicate: 1 });
  });

  it("is published on both channels after a failure on one of them", async () => {
    const both = cloudEvent('{"audit_id":"a","fiche_id":"f"}', "audit.brand_new");
    let away = true;
    const answer: PusherAnswer = (entries) => {
      if (!away) return published;
      if (entries.length > 1) return refused;
      return entries[0]?.channel === "private-fiche-f" ? unavailable : published;
    };
    const run = relayWith({ answer });
    expect(await run.invoke(invocation(both))).toEqual(["m0"]);
    away = false;
    expect(await run.invoke(invocation(both))).toEqual([]);
    expect(run.calls.at(-1)?.map(({ channel }) => channel)).toEqual(["private-audit-a", "private-fiche-f"]);
  });

  it("is dead-lettered without a call if Pusher rejected the first", async () => {
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const run = relayWith({ answer: () => refused, sendDeadLetter });
    expect(await run.invoke(invocation(event(1), event(1)))).toEqual([]);
    expect({ letters: letters.length, calls: run.calls.length, summary: run.summaries[0] }).toMatchObject({
      letters: 2,
      calls: 1,
      summary: { rejected: { rejected_by_pusher: 2 } },
    });
  });

  it("fails like the first if neither can be dead-lettered", async () => {
    const run = relayWith({ answer: () => refused });
    expect(await run.invoke(invocation(event(1), event(1)))).toEqual(["m0", "m1"]);
  });
});

describe("a duplicate of a latest-wins event", () => {
  const progress = (n: number): string => event(n, "audit.progress");

  it("is acknowledged once the replacement of its first was published", async () => {
    const run = relayWith();
    expect(await run.invoke(invocation(progress(1), progress(2), progress(1)))).toEqual([]);
    expect(run.summaries[0]).toMatchObject({ published: 1, conflated: 1, duplicate: 1 });
  });

  it("fails with all the others if the newest event fails", async () => {
    const run = relayWith({ answer: () => unavailable });
    expect(await run.invoke(invocation(progress(1), progress(2), progress(1), progress(2)))).toEqual([
      "m0",
      "m1",
      "m2",
      "m3",
    ]);
  });

  it("is published later if the first was only replaced", async () => {
    const run = relayWith();
    await run.invoke(invocation(progress(1), progress(2)));
    await run.invoke(invocation(progress(1)));
    expect(sentOf(run)).toBe(2);
  });

  it("is published if the first had expired", async () => {
    const run = relayWith({ config: { maxEventAgeSeconds: 60 } });
    const old = event(1).replace("2026-03-02T09:00:00Z", "2026-03-02T08:00:00Z");
    expect(await run.invoke(invocation(old, event(1)))).toEqual([]);
    expect(run.summaries[0]).toMatchObject({ expired: 1, published: 1, duplicate: 0 });
  });
});
