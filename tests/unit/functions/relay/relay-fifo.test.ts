import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloudEvent, legacyEnvelope } from "../../../support/envelopes.ts";
import { fakeDeadLetters } from "../../../support/fake-dead-letters.ts";
import { type PusherAnswer, published, refused, unavailable } from "../../../support/fake-publish.ts";
import { progress, relayWith } from "../../../support/relay-run.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

const step = (audit: string): string => legacyEnvelope(`{"audit_id":"${audit}"}`, "audit.brand_new");

const holding =
  (audit: string, answer: typeof published): PusherAnswer =>
  (entries) =>
    entries.some(({ channel }) => channel === `private-audit-${audit}`) ? answer : published;
/** Pusher is down for this audit, and so for every call that includes it. */
const away = (audit: string): PusherAnswer => holding(audit, unavailable);
/** Pusher rejects every call that includes this audit. */
const refusing = (audit: string): PusherAnswer => holding(audit, refused);

describe("on a FIFO queue", () => {
  it("a failed message blocks every later one of its group, whatever their channels", async () => {
    const { invoke, calls } = relayWith({ answer: away("a") });
    const failed = await invoke([fifoRecord("m1", step("a")), fifoRecord("m2", step("b"))]);
    expect({ failed, heard: calls.flat().filter(({ channel }) => channel.endsWith("-b")).length }).toEqual({
      failed: ["m1", "m2"],
      heard: 4,
    });
  });

  it("a failed message does not block earlier ones", async () => {
    const records = Array.from({ length: 11 }, (_, n) => fifoRecord(`m${n}`, step(n < 10 ? "a" : "b")));
    expect(await relayWith({ answer: away("b") }).invoke(records)).toEqual(["m10"]);
  });

  it("a failed message does not block other groups", async () => {
    const nine = Array.from({ length: 9 }, (_, n) => fifoRecord(`m${n}`, step("a"), "g1"));
    const { invoke } = relayWith({ answer: (entries) => (entries.length === 9 ? unavailable : published) });
    const others = Array.from({ length: 9 }, (_, n) => fifoRecord(`n${n}`, step("b"), "g2"));
    // Each group has a call of its own. The answer distinguishes them by size.
    expect(await invoke([...nine, ...others.slice(0, 8)])).toEqual(nine.map(({ messageId }) => messageId));
  });

  it("a dead-lettered message does not block its group", async () => {
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const { invoke, calls } = relayWith({ sendDeadLetter });
    expect(await invoke([fifoRecord("bad", "x"), fifoRecord("m2", step("a"))])).toEqual([]);
    expect({ letters: letters.length, sent: calls.length }).toEqual({ letters: 1, sent: 1 });
  });

  it("a message that could not be dead-lettered blocks its group before anything of it is published", async () => {
    const { sendDeadLetter } = fakeDeadLetters(() => true);
    const { invoke, calls, summaries } = relayWith({ sendDeadLetter });
    const failed = await invoke([
      fifoRecord("m1", step("a"), "g1"),
      fifoRecord("bad", "x", "g1"),
      fifoRecord("m3", step("b"), "g1"),
      fifoRecord("m4", step("c"), "g2"),
    ]);
    expect(failed).toEqual(["bad", "m3"]);
    expect(calls.flat().map(({ channel }) => channel)).toEqual(["private-audit-a", "private-audit-c"]);
    expect(summaries[0]?.failed).toEqual({ invalid_json: 1, blocked_by_group: 1 });
  });

  it("a silent dead-letter queue leaves the other groups time to be published", async () => {
    const { invoke, calls, clock } = relayWith({
      sendDeadLetter: async (_, timeoutMs) => {
        await clock.sleep(timeoutMs);
        throw new Error("timeout");
      },
    });
    expect(await invoke([fifoRecord("bad", "x", "g1"), fifoRecord("m2", step("a"), "g2")])).toEqual(["bad"]);
    expect(calls).toHaveLength(1);
  });

  it("a message that Pusher rejected does not block its group once it is dead-lettered", async () => {
    const { sendDeadLetter } = fakeDeadLetters();
    const { invoke } = relayWith({ sendDeadLetter, answer: refusing("a") });
    expect(await invoke([fifoRecord("m1", step("a")), fifoRecord("m2", step("b"))])).toEqual([]);
  });

  it("a message that Pusher rejected blocks its group if it could not be dead-lettered", async () => {
    const { sendDeadLetter } = fakeDeadLetters(() => true);
    const { invoke } = relayWith({ sendDeadLetter, answer: refusing("a") });
    expect(await invoke([fifoRecord("m1", step("a")), fifoRecord("m2", step("b"))])).toEqual(["m1", "m2"]);
  });

  it("a dead-lettered message is acknowledged even behind a failed one, so it is not dead-lettered twice", async () => {
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const { invoke, summaries } = relayWith({ sendDeadLetter, answer: away("a") });
    expect(await invoke([fifoRecord("m1", step("a")), fifoRecord("bad", "x"), fifoRecord("m3", step("b"))])).toEqual([
      "m1",
      "m3",
    ]);
    expect({ letters: letters.length, rejected: summaries[0]?.rejected }).toEqual({
      letters: 1,
      rejected: { invalid_json: 1 },
    });
  });

  it("a message whose replacement is rejected is published in the next invocation", async () => {
    const body = (n: number) => legacyEnvelope(`{"audit_id":"a","completed_steps":${n}}`);
    const answer: PusherAnswer = (entries) => (entries.some(({ data }) => data.includes(":2}")) ? refused : published);
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const { invoke } = relayWith({ sendDeadLetter, answer });
    const records = [fifoRecord("older", body(1)), fifoRecord("newer", body(2))];
    const back = await invoke(records);
    expect({ back, letters: letters.length }).toEqual({ back: ["older"], letters: 1 });
    expect(await invoke(records.filter(({ messageId }) => back.includes(messageId)))).toEqual([]);
  });

  it("a latest-wins event does not replace an older one across another event of its group", async () => {
    const { invoke, calls } = relayWith();
    await invoke([
      fifoRecord("m1", progress("a")),
      fifoRecord("m2", step("b")),
      fifoRecord("m3", progress("a", ',"n":2')),
    ]);
    expect(calls.flat().map(({ channel }) => channel)).toEqual([
      "private-audit-a",
      "private-audit-b",
      "private-audit-a",
    ]);
  });
});

it("a message group on a standard queue blocks nothing", async () => {
  const inGroup = (messageId: string, body: string) => {
    const record = sqsRecord(messageId, body);
    return { ...record, attributes: { ...record.attributes, MessageGroupId: "g" } };
  };
  const nine = Array.from({ length: 9 }, (_, n) => inGroup(`m${n}`, step("a")));
  const { invoke } = relayWith({ answer: away("a") });
  expect(await invoke([...nine, inGroup("n1", step("b")), inGroup("n2", step("b"))])).not.toContain("n2");
});

describe("any failures on a FIFO queue", () => {
  const audits = ["a", "b", "c", "d"];
  const message = fc.record({
    group: fc.constantFrom("g1", "g2"),
    audit: fc.constantFrom(...audits),
    kind: fc.constantFrom("step", "progress", "bad"),
  });
  const invocation = fc.record({
    /** SQS may return fewer messages than there are. */
    received: fc.integer({ min: 1, max: 10 }),
    away: fc.uniqueArray(fc.constantFrom(...audits)),
    burying: fc.boolean(),
  });
  const law = fc.record({
    messages: fc.array(message, { maxLength: 16 }),
    /** Audits whose events Pusher never accepts. */
    refusedAudits: fc.uniqueArray(fc.constantFrom(...audits), { maxLength: 1 }),
    invocations: fc.array(invocation, { maxLength: 4 }),
  });

  it("no message is published for the first time after a later one of its group", async () => {
    await fc.assert(
      fc.asyncProperty(law, async ({ messages, refusedAudits, invocations }) => {
        let waiting = messages.map(({ group, audit, kind }, n) => {
          const data = `{"audit_id":"${audit}","n":${n}}`;
          const body = kind === "bad" ? "x" : cloudEvent(data, kind === "step" ? "audit.brand_new" : "audit.progress");
          return fifoRecord(`${n}`, body, group);
        });
        const heard: number[] = [];
        for (const { received, away, burying } of [...invocations, { received: 16, away: [], burying: true }]) {
          const answer: PusherAnswer = (entries) => {
            const holdsOne = (audits: readonly string[]) =>
              audits.some((audit) => entries.some(({ channel }) => channel === `private-audit-${audit}`));
            if (holdsOne(away)) return unavailable;
            if (holdsOne(refusedAudits)) return refused;
            heard.push(...entries.map(({ data }) => Number(/"n":(\d+)/.exec(data)?.[1])));
            return published;
          };
          const { sendDeadLetter } = fakeDeadLetters(() => !burying);
          const batch = waiting.slice(0, received);
          const back = await relayWith({ answer, sendDeadLetter }).invoke(batch);
          waiting = waiting.filter((record) => !batch.includes(record) || back.includes(record.messageId));
        }
        for (const group of ["g1", "g2"]) {
          const firsts = [...new Set(heard)].filter((n) => messages[n]?.group === group);
          expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 300 },
    );
  });
});
