import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecentEvents } from "../../../../functions/relay/recent-events.ts";
import { createRelay } from "../../../../functions/relay/relay.ts";
import type { Summary } from "../../../../functions/relay/report.ts";
import { cloudEvent, legacyEnvelope } from "../../../support/envelopes.ts";
import { fakeClock } from "../../../support/fake-clock.ts";
import { fakeDeadLetters, reasonOf } from "../../../support/fake-dead-letters.ts";
import {
  limited,
  misconfigured,
  type PusherAnswer,
  published,
  refused,
  slowly,
  unavailable,
} from "../../../support/fake-publish.ts";
import { recordedLog } from "../../../support/recorded-log.ts";
import { NOW_MS, progress, relayConfig, relayWith } from "../../../support/relay-run.ts";
import { fifoRecord, sqsEvent, sqsRecord } from "../../../support/sqs-record.ts";

const SECRET = "s3cr3t";
const step = (audit: string): string => legacyEnvelope(`{"audit_id":"${audit}"}`, "audit.brand_new");
const old = (body: string): string => body.replace("2026-03-02T09:00:00Z", "2026-03-02T08:00:00Z");

/** Messages of every kind. Each kind is small enough for duplicates and replaced events. */
const body = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }).map((n) => step(`a${n}`)) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
      .map(([a, n]) => progress(`a${a}`, `,"fiche_id":"f${n}","note":"${SECRET}"`)),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }).map((n) => old(progress(`a${n}`))) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 3 }).map((n) => progress(`a${n}`, `,"log":"${SECRET.repeat(2000)}"`)),
  },
  { weight: 1, arbitrary: fc.constantFrom(SECRET, `{"${SECRET}":1}`, cloudEvent("{}", `of ${SECRET}, created`), "[]") },
  { weight: 1, arbitrary: fc.constant(cloudEvent(`{"audit_id":"1","status":"${SECRET}"}`)) },
);
const answers = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(published) },
    { weight: 2, arbitrary: fc.constantFrom(refused, unavailable, limited(400), limited(9000), misconfigured) },
  ),
  { minLength: 1, maxLength: 20 },
);
const world = fc.record({
  bodies: fc.array(body, { maxLength: 40 }),
  fifo: fc.boolean(),
  answers,
  latencies: fc.array(fc.oneof(fc.nat(300), fc.nat(9000)), { minLength: 1, maxLength: 8 }),
  deadLetterQueue: fc.constantFrom("accepts", "refuses", "hangs", "is not set"),
  remainingMs: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 40_000 })),
  random: fc.double({ min: 0, max: 1, noNaN: true }),
  conflate: fc.boolean(),
  maxEventAgeSeconds: fc.constantFrom(undefined, 60),
});

type World = typeof world extends fc.Arbitrary<infer It> ? It : never;

/** One invocation in that world. */
async function live({
  bodies,
  fifo,
  answers,
  latencies,
  deadLetterQueue,
  remainingMs,
  random,
  conflate,
  maxEventAgeSeconds,
}: World) {
  const clock = fakeClock(NOW_MS);
  const { log, records: logged } = recordedLog();
  const summaries: Summary[] = [];
  const { sendDeadLetter, letters } = fakeDeadLetters(() => deadLetterQueue === "refuses");
  const heard = new Set<string>();
  let calls = 0;
  const publish = slowly(
    async (entries) => {
      calls += 1;
      const answer = answers[calls % answers.length] ?? published;
      if (answer.ok) for (const { data } of entries) heard.add(data);
      return answer;
    },
    (call) => latencies[call % latencies.length] ?? 0,
    clock,
  );
  const hang = async (_: unknown, timeoutMs: number): Promise<void> => {
    await clock.sleep(timeoutMs);
    throw new Error("timeout");
  };
  const handler = createRelay({
    config: { ...relayConfig, conflate, maxEventAgeSeconds },
    publish,
    sendDeadLetter: deadLetterQueue === "is not set" ? undefined : deadLetterQueue === "hangs" ? hang : sendDeadLetter,
    recent: createRecentEvents(clock.nowMs),
    emitMetrics: (summary) => summaries.push(summary),
    log,
    ...clock,
    random: () => random,
  });
  const records = bodies.map((text, n) => (fifo ? fifoRecord(`m${n}`, text, `g${n % 3}`) : sqsRecord(`m${n}`, text)));
  const response = await clock.run(handler({ Records: records }, { getRemainingTimeInMillis: () => remainingMs }));
  return { response, summary: summaries[0], logged, letters, calls, heard, tookMs: clock.nowMs() - NOW_MS, records };
}

const always = (law: (world: World, it: Awaited<ReturnType<typeof live>>) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(world, async (drawn) => {
      law(drawn, await live(drawn));
    }),
    { numRuns: 200 },
  );

const sum = (counts: Readonly<Record<string, number>> = {}): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe("an invocation with any messages, answers and failures", () => {
  it("answers before its time is up", () =>
    always(({ remainingMs }, { tookMs }) => expect(tookMs).toBeLessThan(remainingMs)));

  it("answers with ids of the batch, each of them once", () =>
    always((_, { response, records }) => {
      const named = response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      const batch = records.map(({ messageId }) => messageId);
      expect(named).toEqual(batch.filter((id) => named.includes(id)));
    }));

  it("has figures that add up to the number of messages", () =>
    always(({ bodies }, { summary }) => {
      const { published = 0, conflated = 0, duplicate = 0, expired = 0 } = summary ?? {};
      expect(summary?.received).toBe(bodies.length);
      expect(published + conflated + duplicate + expired + sum(summary?.rejected) + sum(summary?.failed)).toBe(
        bodies.length,
      );
    }));

  it("has figures that match the answer, the dead letters and the calls", () =>
    always((_, { summary, response, letters, calls }) => {
      expect(sum(summary?.failed)).toBe(response.batchItemFailures.length);
      expect(sum(summary?.rejected)).toBe(letters.length);
      expect(summary?.pusher_calls).toBe(calls);
    }));

  it("logs the figures of the metrics once, and no payload", () =>
    always((_, { summary, logged }) => {
      expect(logged.filter(({ message }) => message === "relay_batch")).toEqual([
        { level: "info", message: "relay_batch", ...summary, message_ids: expect.any(Object) },
      ]);
      expect(JSON.stringify(logged)).not.toContain(SECRET);
    }));

  it("acknowledges only messages that were published, dead-lettered, replaced or expired", () =>
    always((_, { response, records, heard, letters, summary }) => {
      const kept = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const deadLettered = new Set(letters.map(({ body }) => body));
      const acknowledged = records.filter(({ messageId, body }) => !kept.has(messageId) && !deadLettered.has(body));
      // A duplicate has the payload of its first, so both count once.
      const unheard = new Set(
        acknowledged.flatMap(({ body }) => {
          const { data }: { data: unknown } = JSON.parse(body);
          const json = JSON.stringify(data);
          return heard.has(json) || body.length > 9000 ? [] : [json];
        }),
      );
      const { conflated = 0, expired = 0 } = summary ?? {};
      expect(unheard.size).toBeLessThanOrEqual(conflated + expired);
    }));
});

describe("an invocation", () => {
  it("of an empty batch answers and logs its figures", async () => {
    const { invoke, summaries } = relayWith();
    expect(await invoke([])).toEqual([]);
    expect(summaries).toMatchObject([{ received: 0, pusher_calls: 0 }]);
  });

  it("without a context has half a minute", async () => {
    const { handler, clock } = relayWith({ answerMs: () => 60_000, config: { pusherTimeoutMs: 30_000 } });
    const { batchItemFailures } = await clock.run(handler(sqsEvent({ m1: progress("1") })));
    expect({ failed: batchItemFailures.length, tookMs: clock.nowMs() - NOW_MS }).toEqual({ failed: 1, tookMs: 28_000 });
  });

  it.each([
    ["two seconds of a long one", 30_000, 28_000],
    ["two seconds of eight", 8000, 6000],
    ["a quarter of a shorter one", 4000, 3000],
  ])("reserves %s for the work after publishing", async (_what, remainingMs, tookMs) => {
    const { invoke, clock } = relayWith({ answerMs: () => 60_000, config: { pusherTimeoutMs: 30_000 }, remainingMs });
    await invoke(sqsEvent({ m1: progress("1") }).Records);
    expect(clock.nowMs() - NOW_MS).toBe(tookMs);
  });

  it("with almost no time makes no call, and fails every message", async () => {
    const { invoke, calls, summaries } = relayWith({ remainingMs: 100 });
    expect(await invoke(sqsEvent({ m1: progress("1"), m2: step("2") }).Records)).toEqual(["m1", "m2"]);
    expect({ calls, failed: summaries[0]?.failed }).toEqual({ calls: [], failed: { deadline: 2 } });
  });

  it("that throws leaves no dead letter in flight", async () => {
    let underWay = 0;
    const { invoke, clock } = relayWith({
      answer: () => {
        throw new Error("a bug");
      },
      sendDeadLetter: async () => {
        underWay += 1;
        await clock.sleep(500);
        underWay -= 1;
      },
    });
    await expect(invoke(sqsEvent({ bad: "x", m1: progress("1") }).Records)).rejects.toThrow("a bug");
    expect(underWay).toBe(0);
  });

  it("counts a retry as a retry, and as a call", async () => {
    const answer: PusherAnswer = (_, call) => (call < 3 ? unavailable : published);
    const { invoke, summaries } = relayWith({ answer });
    await invoke(sqsEvent({ m1: progress("1") }).Records);
    expect(summaries).toMatchObject([{ pusher_calls: 3, retries: 2, ms: 300 }]);
  });
});

describe("a test event without the fields of SQS", () => {
  /** The console's test button sends an id and a body. */
  const bare = (messageId: string, text: string) => JSON.parse(JSON.stringify({ messageId, body: text }));

  it("is published", async () => {
    const { invoke, calls } = relayWith();
    expect(await invoke([bare("m1", progress("1"))])).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it("is dead-lettered", async () => {
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const { invoke } = relayWith({ sendDeadLetter });
    expect(await invoke([bare("m1", "x")])).toEqual([]);
    expect(letters).toMatchObject([{ body: "x", hasReason: true }]);
    expect(letters.map(reasonOf)).toMatchObject([{ receive_count: 1 }]);
  });

  it("fails if it can be neither published nor dead-lettered", async () => {
    expect(await relayWith({ answer: () => unavailable }).invoke([bare("m1", progress("1")), bare("m2", "x")])).toEqual(
      ["m1", "m2"],
    );
  });

  it("of a FIFO queue without a group is published", async () => {
    const ungrouped = { ...bare("m1", progress("1")), eventSourceARN: "arn:aws:sqs:eu-west-3:1:q.fifo" };
    expect(await relayWith().invoke([ungrouped])).toEqual([]);
  });
});

describe("a bug that one message triggers", () => {
  /** No body triggers a bug today. A getter that throws takes its place. */
  const broken = (messageId: string) =>
    Object.defineProperty(sqsRecord(messageId, ""), "body", {
      get: () => {
        throw new TypeError(SECRET);
      },
    });

  it("fails that message alone", async () => {
    const { invoke, summaries } = relayWith();
    expect(await invoke([sqsRecord("m1", progress("1")), broken("m2"), sqsRecord("m3", step("3"))])).toEqual(["m2"]);
    expect(summaries).toMatchObject([{ published: 2, failed: { internal_error: 1 } }]);
  });

  it("is logged with the error's name and the message's id, and no more", async () => {
    const { invoke, records } = relayWith();
    await invoke([broken("m2")]);
    expect(records[0]).toEqual({ level: "error", message: "internal_error", error: "TypeError", message_id: "m2" });
  });

  it("includes a missing body", async () => {
    const { invoke } = relayWith();
    expect(await invoke([JSON.parse('{"messageId":"m1"}'), sqsRecord("m2", progress("1"))])).toEqual(["m1"]);
  });
});
