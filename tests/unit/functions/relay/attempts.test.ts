import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAttempts } from "../../../../functions/relay/attempts.ts";
import { fakeClock } from "../../../support/fake-clock.ts";
import {
  limited,
  misconfigured,
  type PusherAnswer,
  published,
  refused,
  slowly,
  unavailable,
} from "../../../support/fake-publish.ts";

const START_MS = Date.parse("2026-03-02T09:00:00Z");
const entry = { channel: "private-global", name: "notification", data: "{}" };

interface Setup {
  readonly answer?: PusherAnswer;
  readonly answerMs?: (call: number) => number;
  readonly random?: () => number;
  readonly timeoutMs?: number;
  readonly leftMs?: number;
}

/** Attempts with a Pusher that notes the time and the timeout of each call. */
function setUp({
  answer = () => published,
  answerMs = () => 0,
  random = () => 1,
  timeoutMs = 5000,
  leftMs = 28_000,
}: Setup) {
  const clock = fakeClock(START_MS);
  const sinceMs = (): number => clock.nowMs() - START_MS;
  const seen: { atMs: number; timeoutMs: number | undefined }[] = [];
  const publish = slowly(
    async (entries, timeout) => {
      seen.push({ atMs: sinceMs(), timeoutMs: timeout });
      return answer(entries, seen.length);
    },
    answerMs,
    clock,
  );
  const attempts = createAttempts({ ...clock, publish, random, timeoutMs, deadlineMs: START_MS + leftMs });
  return {
    attempts,
    clock,
    sinceMs,
    seen,
    publish: () => attempts.publish([entry]),
    times: () => seen.map(({ atMs }) => atMs),
  };
}

const scripted =
  (...answers: readonly (typeof unavailable)[]): PusherAnswer =>
  (_, call) =>
    answers[call - 1] ?? published;

describe("an attempt", () => {
  it.each([
    ["the full timeout if there is time", 28_000, 5000],
    ["the full timeout if exactly that much is left", 5000, 5000],
    ["the rest of the time if less is left", 4999, 4999],
    ["the rest of the time down to a tenth of a second", 100, 100],
  ])("gets %s", async (_what, leftMs, given) => {
    const { clock, publish, seen } = setUp({ leftMs });
    await clock.run(publish());
    expect(seen).toEqual([{ atMs: 0, timeoutMs: given }]);
  });

  it("does not start with less than a tenth of a second left", async () => {
    const { clock, publish, seen } = setUp({ leftMs: 99 });
    expect(await clock.run(publish())).toMatchObject({ code: "deadline" });
    expect(seen).toEqual([]);
  });

  it("happens once if it succeeds", async () => {
    const { attempts, clock, publish } = setUp({});
    expect(await clock.run(publish())).toBeUndefined();
    expect({ calls: attempts.calls, retries: attempts.retries }).toEqual({ calls: 1, retries: 0 });
  });
});

describe("the backoff", () => {
  it.each([
    ["doubles from a tenth of a second at its longest", 1, [0, 100, 300, 700]],
    ["takes the random share of that", 0.5, [0, 50, 150, 350]],
    ["is zero at its shortest", 0, [0, 0, 0, 0]],
  ])("%s", async (_what, random, times) => {
    const run = setUp({ answer: () => unavailable, random: () => random });
    await run.clock.run(run.publish());
    expect(run.times()).toEqual(times);
  });

  it("is skipped if no time would be left after it, and the call returns its own failure", async () => {
    const run = setUp({ answer: () => unavailable, leftMs: 399 });
    expect(await run.clock.run(run.publish())).toMatchObject({ code: "pusher_unavailable", detail: "status 503" });
    expect({ times: run.times(), endedMs: run.sinceMs() }).toEqual({ times: [0, 100], endedMs: 100 });
  });

  it("is taken if a tenth of a second is left after it", async () => {
    const run = setUp({ answer: () => unavailable, leftMs: 400 });
    await run.clock.run(run.publish());
    expect(run.times()).toEqual([0, 100, 300]);
  });
});

describe("retries", () => {
  it("happen three times and are counted", async () => {
    const { attempts, clock, publish } = setUp({ answer: () => unavailable });
    await clock.run(publish());
    expect({ calls: attempts.calls, retries: attempts.retries }).toEqual({ calls: 4, retries: 3 });
  });

  it("end with success", async () => {
    const { attempts, clock, publish } = setUp({ answer: scripted(unavailable, limited(0)) });
    expect(await clock.run(publish())).toBeUndefined();
    expect(attempts).toMatchObject({ calls: 3, retries: 2 });
  });

  it("do not follow a rejection", async () => {
    const { attempts, clock, publish } = setUp({ answer: () => refused });
    expect(await clock.run(publish())).toMatchObject({ code: "rejected_by_pusher" });
    expect(attempts).toMatchObject({ calls: 1, retries: 0 });
  });
});

describe("Retry-After", () => {
  it("delays the call that received it", async () => {
    const run = setUp({ answer: scripted(limited(3000)) });
    await run.clock.run(run.publish());
    expect(run.times()).toEqual([0, 3000]);
  });

  it("does not shorten the backoff", async () => {
    const run = setUp({ answer: scripted(limited(60)) });
    await run.clock.run(run.publish());
    expect(run.times()).toEqual([0, 100]);
  });

  it("delays calls that have not begun", async () => {
    const run = setUp({ answer: scripted(limited(3000)), random: () => 0 });
    await run.clock.run(Promise.all([run.publish(), run.clock.sleep(10).then(run.publish)]));
    expect(run.times()).toEqual([0, 3000, 3000]);
  });

  it("delays calls that are in their backoff already", async () => {
    const answer: PusherAnswer = scripted(unavailable, limited(3000));
    const run = setUp({ answer, random: () => 1 });
    await run.clock.run(Promise.all([run.publish(), run.clock.sleep(50).then(run.publish)]));
    expect(run.times()).toEqual([0, 50, 3050, 3050]);
  });

  it("replaces an earlier shorter pause, but no longer one", async () => {
    const run = setUp({ answer: scripted(limited(3000), limited(1000)), random: () => 0 });
    await run.clock.run(Promise.all([run.publish(), run.publish()]));
    expect(run.times()).toEqual([0, 0, 3000, 3000]);
  });

  it("ends this call and later ones at once, with its reason, if it passes the deadline", async () => {
    const run = setUp({ answer: () => limited(27_901) });
    expect(await run.clock.run(run.publish())).toMatchObject({ code: "pusher_rate_limited" });
    expect(await run.clock.run(run.publish())).toMatchObject({ code: "pusher_rate_limited" });
    expect({ times: run.times(), endedMs: run.sinceMs() }).toEqual({ times: [0], endedMs: 0 });
  });

  it("is respected if it leaves a tenth of a second", async () => {
    const run = setUp({ answer: scripted(limited(27_900)) });
    expect(await run.clock.run(run.publish())).toBeUndefined();
    expect(run.times()).toEqual([0, 27_900]);
  });
});

describe("a call without time left", () => {
  it.each([
    ["was rejected", refused],
    ["was rejected with a pause", { ...refused, retryAfterMs: 60_000 }],
    ["was unavailable", unavailable],
    ["got a pause that is over", limited(100)],
  ])("fails with the deadline even if another call %s", async (_what, answer) => {
    const run = setUp({ answer: scripted(answer), leftMs: 1000 });
    await run.clock.run(run.publish());
    await run.clock.run(run.clock.sleep(901 - run.sinceMs()));
    expect(await run.clock.run(run.publish())).toMatchObject({ code: "deadline" });
  });
});

describe("wrong credentials", () => {
  it("end every call: later ones and those in their backoff", async () => {
    const run = setUp({ answer: scripted(unavailable, misconfigured) });
    const both = Promise.all([run.publish(), run.clock.sleep(50).then(run.publish)]);
    expect(await run.clock.run(both)).toMatchObject([
      { code: "pusher_misconfigured" },
      { code: "pusher_misconfigured" },
    ]);
    expect(await run.clock.run(run.publish())).toMatchObject({ code: "pusher_misconfigured", detail: "status 401" });
    expect(run.times()).toEqual([0, 50]);
  });

  it("are the result of later calls after an earlier call used up its attempts", async () => {
    const run = setUp({ answer: scripted(unavailable, unavailable, unavailable, misconfigured) });
    await run.clock.run(run.publish());
    expect(await run.clock.run(run.publish())).toMatchObject({ code: "pusher_misconfigured" });
  });
});

describe("an outage", () => {
  const calls = async (answer: PusherAnswer, count: number) => {
    const run = setUp({ answer });
    for (let call = 0; call < count; call += 1) await run.clock.run(run.publish());
    return run.attempts.calls;
  };

  it("begins after three calls in a row that used up their attempts, and prevents the fourth", async () => {
    expect(await calls(() => unavailable, 4)).toBe(12);
  });

  it("does not begin after two such calls", async () => {
    expect(await calls((_, call) => (call <= 8 ? unavailable : published), 3)).toBe(9);
  });

  it.each([
    ["a success", published],
    ["a rejection", refused],
  ])("does not begin if %s comes between", async (_what, answer) => {
    expect(await calls((_, call) => (call === 9 ? answer : unavailable), 5)).toBe(4 + 4 + 1 + 4 + 4);
  });

  it("fails untried calls with the reason of the tried ones", async () => {
    const run = setUp({ answer: () => unavailable });
    for (let call = 0; call < 3; call += 1) await run.clock.run(run.publish());
    expect(await run.clock.run(run.publish())).toMatchObject({ code: "pusher_unavailable", detail: "status 503" });
  });
});

describe("whatever Pusher does", () => {
  const answers = fc.array(
    fc.constantFrom(published, refused, unavailable, misconfigured, limited(700), limited(20_000)),
    {
      minLength: 1,
      maxLength: 30,
    },
  );

  it("attempts begin with at least a tenth of a second left, and end by the deadline", async () => {
    await fc.assert(
      fc.asyncProperty(
        answers,
        fc.array(fc.nat(8000), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 30_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (answers, latencies, leftMs, random) => {
          const run = setUp({
            answer: (_, call) => answers[call % answers.length] ?? published,
            answerMs: (call) => latencies[call % latencies.length] ?? 0,
            random: () => random,
            leftMs,
          });
          await run.clock.run(Promise.all(Array.from({ length: 5 }, run.publish)));
          for (const { atMs } of run.seen) expect(leftMs - atMs).toBeGreaterThanOrEqual(100);
          expect(run.sinceMs()).toBeLessThanOrEqual(leftMs);
        },
      ),
      { numRuns: 300 },
    );
  });
});
