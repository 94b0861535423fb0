import { describe, expect, it } from "vitest";
import { cloudEvent, legacyEnvelope } from "../../../support/envelopes.ts";
import { fakeDeadLetters } from "../../../support/fake-dead-letters.ts";
import { limited, misconfigured, published, refused, unavailable } from "../../../support/fake-publish.ts";
import { NOW_MS, progress, relayWith, type Setup } from "../../../support/relay-run.ts";
import { fifoRecord, sqsEvent, sqsRecord } from "../../../support/sqs-record.ts";

/** The `message_outcome` log records of one invocation. */
async function outcomes(bodies: Readonly<Record<string, string>>, { config, ...setup }: Setup = {}) {
  const { invoke, records } = relayWith({ config: { logEvents: true, ...config }, ...setup });
  await invoke(sqsEvent(bodies).Records);
  return records.filter(({ message }) => message === "message_outcome");
}

/** `sqsRecord` sends its messages at this time. */
const SENT_MS = 1_772_442_000_000;

describe("with REALTIME_LOG_EVENTS=1, the log record of a message", () => {
  it("has its ids, event, channels, outcome, attempts and times", async () => {
    const body = cloudEvent('{"audit_id":"1","fiche_id":"2"}');
    expect(await outcomes({ m1: body }, { answerMs: () => 40 })).toEqual([
      {
        level: "info",
        message: "message_outcome",
        message_id: "m1",
        event_id: "evt-1",
        event: "audit.progress",
        channels: ["private-audit-1", "private-fiche-2"],
        outcome: "published",
        receive_count: 1,
        attempts: 1,
        queued_ms: NOW_MS - SENT_MS,
        ms: 40,
      },
    ]);
  });

  it("counts the attempts, and the time to the end of the last one", async () => {
    const setup: Setup = { answer: (_, call) => (call < 3 ? unavailable : published), answerMs: () => 10 };
    expect(await outcomes({ m1: progress("1") }, setup)).toMatchObject([
      // Two pauses of 100 and 200 ms lie between the attempts.
      { message_id: "m1", outcome: "published", attempts: 3, ms: 330 },
    ]);
  });

  it("has the code of a failed message", async () => {
    expect(await outcomes({ m1: progress("1") }, { answer: () => misconfigured })).toMatchObject([
      { message_id: "m1", outcome: "failed", code: "pusher_misconfigured", attempts: 1 },
    ]);
  });

  it("has no attempts if the time ended before the first one", async () => {
    const setup: Setup = { answer: () => limited(60_000), config: { conflate: false } };
    const records = await outcomes({ m1: progress("1"), m2: "no json" }, setup);
    expect(records).toMatchObject([
      { message_id: "m1", outcome: "failed", code: "pusher_rate_limited", attempts: 1 },
      { message_id: "m2", outcome: "failed", code: "invalid_json", attempts: 0 },
    ]);
    expect(records[1]?.event).toBeUndefined();
  });

  it("has the outcome of a dead-lettered message, and its event if that is a name and no text", async () => {
    const { sendDeadLetter } = fakeDeadLetters();
    const bodies = {
      m1: progress("1"),
      m2: cloudEvent('{"completed_steps":1}'),
      m3: cloudEvent("{}", "user: s3cr3t word"),
    };
    const records = await outcomes(bodies, { answer: () => refused, sendDeadLetter });
    expect(records).toMatchObject([
      { message_id: "m1", outcome: "rejected", code: "rejected_by_pusher", event: "audit.progress" },
      { message_id: "m2", outcome: "rejected", code: "invalid_event", event: "audit.progress", event_id: "evt-1" },
      { message_id: "m3", outcome: "rejected", code: "unknown_event" },
    ]);
    expect(JSON.stringify(records)).not.toContain("s3cr3t");
  });

  it.each([
    ["conflated", { m1: legacyEnvelope('{"audit_id":"1"}'), m2: legacyEnvelope('{"audit_id":"1","x":1}') }],
    ["duplicate", { m2: progress("1"), m1: progress("1") }],
  ] as const)("names a message that was %s", async (outcome, bodies) => {
    const records = await outcomes(bodies);
    expect(records.find(({ message_id }) => message_id === "m1")).toMatchObject({ outcome, attempts: 0 });
  });

  it("names an expired message", async () => {
    const { invoke, records, pass } = relayWith({ config: { logEvents: true, maxEventAgeSeconds: 60 } });
    await pass(61_000);
    await invoke([sqsRecord("m1", progress("1"))]);
    expect(records).toContainEqual(expect.objectContaining({ message: "message_outcome", outcome: "expired" }));
  });

  it("counts each call that carried the message, also those for one entry alone", async () => {
    const answer: Setup["answer"] = (entries) => (entries.length > 1 ? refused : published);
    const records = await outcomes({ m1: progress("1"), m2: progress("2") }, { answer });
    expect(records).toMatchObject([
      { message_id: "m1", attempts: 2 },
      { message_id: "m2", attempts: 2 },
    ]);
  });

  it("is written for each message of a blocked group too", async () => {
    const { invoke, records } = relayWith({ config: { logEvents: true } });
    await invoke([fifoRecord("m1", "no json"), fifoRecord("m2", progress("2"))]);
    const named = records.filter(({ message }) => message === "message_outcome");
    expect(named).toMatchObject([
      { message_id: "m1", code: "invalid_json" },
      { message_id: "m2", code: "blocked_by_group" },
    ]);
  });

  it("is bounded, and has nothing of the payload", async () => {
    const body = JSON.stringify({
      specversion: "1.0",
      id: "i".repeat(100_000),
      source: "/s",
      type: `audit.${"x".repeat(194)}`,
      data: { audit_id: "a".repeat(140), fiche_id: "f".repeat(140), secret: "s3cr3t".repeat(1_000) },
    });
    const text = JSON.stringify(await outcomes({ ["m".repeat(10_000)]: body }));
    expect(text.length).toBeLessThan(1_200);
    expect(text).not.toContain("s3cr3t");
  });
});

it("without REALTIME_LOG_EVENTS, no message has a log record of its own", async () =>
  expect(await outcomes({ m1: progress("1") }, { config: { logEvents: false } })).toEqual([]));

describe("with REALTIME_TRACE=1, the log record of a message", () => {
  const traced = (bodies: Readonly<Record<string, string>>, setup: Setup = {}) =>
    outcomes(bodies, { ...setup, config: { logEvents: false, trace: true, ...setup.config } });

  it("also has why these channels, the sizes, and each call to Pusher", async () => {
    const answer: Setup["answer"] = (_, call) => (call < 2 ? unavailable : published);
    const large = cloudEvent(JSON.stringify({ audit_id: "1", fiche_id: "2", note: "s3cr3t".repeat(2_000) }));
    const [record] = await traced({ m1: large }, { answer, answerMs: () => 10 });
    expect(record).toMatchObject({
      message_id: "m1",
      outcome: "published",
      attempts: 2,
      trace: {
        sent: SENT_MS,
        start: NOW_MS,
        id_fields: ["audit_id", "fiche_id"],
        from_bytes: 12_041,
        calls: [
          { at: NOW_MS, ms: 10, code: "pusher_unavailable" },
          { at: NOW_MS + 110, ms: 10, status: 200 },
        ],
      },
    });
    expect(JSON.stringify(record)).not.toContain("s3cr3t");
  });

  it("names the newer message that replaced it", async () => {
    const bodies = { m1: legacyEnvelope('{"audit_id":"1"}'), m2: legacyEnvelope('{"audit_id":"1","x":1}') };
    expect(await traced(bodies)).toMatchObject([{ outcome: "conflated", trace: { replaced_by: "m2" } }, {}]);
  });

  it("names the earlier message with the same event", async () => {
    const [, second] = await traced({ m1: progress("1"), m2: progress("1") });
    expect(second).toMatchObject({ outcome: "duplicate", trace: { duplicate_of: "m1", calls: [] } });
  });

  it("has the reason of a failure, and of a dry run", async () => {
    const [failed] = await traced({ m1: progress("1") }, { answer: () => misconfigured });
    expect(failed).toMatchObject({ trace: { detail: expect.any(String) } });
    const [dry] = await traced({ m1: progress("1") }, { config: { dryRun: true } });
    expect(dry).toMatchObject({ trace: { dry_run: true } });
  });

  it("has the trace of a message that is no event", async () => {
    expect(await traced({ m1: "no json" })).toMatchObject([
      { code: "invalid_json", trace: { start: NOW_MS, calls: [] } },
    ]);
  });
});
