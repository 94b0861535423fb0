import { describe, expect, it } from "vitest";
import { cloudEvent, legacyEnvelope } from "../../../support/envelopes.ts";
import { fakeDeadLetters, reasonOf } from "../../../support/fake-dead-letters.ts";
import { type PusherAnswer, published, refused, unavailable } from "../../../support/fake-publish.ts";
import { NOW_MS, relayWith } from "../../../support/relay-run.ts";
import { sqsEvent } from "../../../support/sqs-record.ts";

const progress = (n: number, audit = "a"): string => legacyEnvelope(`{"audit_id":"${audit}","n":${n}}`);
const three = sqsEvent({ m1: progress(1), m2: progress(2), m3: progress(3) }).Records;
const saying =
  (n: number, answer: typeof published): PusherAnswer =>
  (entries) =>
    entries.some(({ data }) => data.includes(`"n":${n}`)) ? answer : published;

describe("conflation", () => {
  it("publishes the newest event in place of all", async () => {
    const { invoke, calls, summaries } = relayWith();
    expect(await invoke(three)).toEqual([]);
    expect(calls.flat().map(({ data }) => data)).toEqual(['{"audit_id":"a","n":3}']);
    expect(summaries[0]).toMatchObject({ published: 1, conflated: 2 });
  });

  it("acknowledges none of them if the newest fails", async () => {
    const { invoke, summaries } = relayWith({ answer: () => unavailable });
    expect(await invoke(three)).toEqual(["m1", "m2", "m3"]);
    expect(summaries[0]).toMatchObject({ conflated: 0, failed: { pusher_unavailable: 3 } });
  });

  it("publishes the others later if the newest is rejected and dead-lettered", async () => {
    const answer = saying(3, refused);
    const { invoke, calls } = relayWith({ answer, sendDeadLetter: fakeDeadLetters().sendDeadLetter });
    expect(await invoke(three)).toEqual(["m1", "m2"]);
    expect(await invoke(three.slice(0, 2))).toEqual([]);
    expect(calls.at(-1)?.map(({ data }) => data)).toEqual(['{"audit_id":"a","n":2}']);
  });

  it("acknowledges the duplicate of a replaced event too", async () => {
    const { invoke, calls, summaries } = relayWith();
    const older = cloudEvent('{"audit_id":"a","n":1}');
    const newer = cloudEvent('{"audit_id":"a","n":2}');
    expect(await invoke(sqsEvent({ m1: older, m2: older, m3: newer }).Records)).toEqual([]);
    expect(calls.flat().map(({ data }) => data)).toEqual(['{"audit_id":"a","n":2}']);
    expect(summaries[0]).toMatchObject({ published: 1, conflated: 1, duplicate: 1 });
  });

  it("ignores a rejected message", async () => {
    const { invoke, calls } = relayWith();
    await invoke(sqsEvent({ m1: progress(1), bad: legacyEnvelope('{"audit_id":""}') }).Records);
    expect(calls.flat().map(({ data }) => data)).toEqual(['{"audit_id":"a","n":1}']);
  });

  it("ignores an expired event", async () => {
    const { invoke, calls } = relayWith({ config: { maxEventAgeSeconds: 60 } });
    const old = progress(2).replace("2026-03-02T09:00:00Z", "2026-03-02T08:00:00Z");
    await invoke(sqsEvent({ m1: progress(1), m2: old }).Records);
    expect(calls.flat().map(({ data }) => data)).toEqual(['{"audit_id":"a","n":1}']);
  });

  it("can be turned off", async () => {
    const { invoke, calls, summaries } = relayWith({ config: { conflate: false } });
    await invoke(three);
    expect({ sent: calls.flat().length, summary: summaries[0] }).toMatchObject({ sent: 3, summary: { conflated: 0 } });
  });
});

describe("the age of an event", () => {
  const at = (time: string): string => legacyEnvelope('{"audit_id":"a"}').replace("2026-03-02T09:00:00Z", time);
  const ago = (ms: number): string => at(new Date(NOW_MS - ms).toISOString());
  const sent = async (body: string, maxEventAgeSeconds: number | undefined) => {
    const { invoke, calls } = relayWith({ config: { maxEventAgeSeconds } });
    expect(await invoke(sqsEvent({ m1: body }).Records)).toEqual([]);
    return calls.length;
  };

  it.each([
    ["younger than the limit", ago(59_999), 1],
    ["as old as the limit", ago(60_000), 1],
    ["older than the limit, by a millisecond", ago(60_001), 0],
    ["of the future", ago(-3_600_000), 1],
    ["older, in another time zone", at("2026-03-02T10:58:59+02:00"), 0],
    ["of a time that is none", at("yesterday"), 1],
    ["of no time", '{"event":"audit.progress","data":{"audit_id":"a"}}', 1],
  ])("decides if it is published: %s", async (_what, body, calls) => {
    expect(await sent(body, 60)).toBe(calls);
  });

  it("does not matter without a limit", async () => {
    expect(await sent(at("1990-01-01T00:00:00Z"), undefined)).toBe(1);
  });

  it("leads to an acknowledged and counted message above the limit", async () => {
    const { invoke, summaries } = relayWith({ config: { maxEventAgeSeconds: 60 } });
    await invoke(sqsEvent({ m1: ago(60_001), m2: ago(0) }).Records);
    expect(summaries[0]).toMatchObject({ expired: 1, published: 1 });
  });
});

describe("strict validation", () => {
  const drifted = legacyEnvelope('{"audit_id":"1","total_steps":"s3cr3t"}', "audit.analysis_started");

  it("dead-letters an event that does not match its schema, with the fields and not the values", async () => {
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const { invoke, calls } = relayWith({ config: { validation: "strict" }, sendDeadLetter });
    expect(await invoke(sqsEvent({ m1: drifted }).Records)).toEqual([]);
    expect(calls).toEqual([]);
    expect(letters.map(reasonOf)).toMatchObject([
      {
        code: "invalid_event",
        detail:
          "the payload does not match its schema: total_steps must be an integer, got a string; " +
          'model must be a string, got nothing; status must be "analyzing", got nothing',
      },
    ]);
  });

  it("logs the dead letter alone, and no warning", async () => {
    const { sendDeadLetter } = fakeDeadLetters();
    const { invoke, records } = relayWith({ config: { validation: "strict" }, sendDeadLetter });
    await invoke(sqsEvent({ m1: drifted }).Records);
    expect(records.map(({ message }) => message)).toEqual(["message_dead_lettered", "relay_batch"]);
  });

  it("publishes an event outside the catalog", async () => {
    const { invoke, calls } = relayWith({ config: { validation: "strict" } });
    await invoke(sqsEvent({ m1: legacyEnvelope('{"audit_id":"1"}', "audit.brand_new") }).Records);
    expect(calls).toHaveLength(1);
  });
});
