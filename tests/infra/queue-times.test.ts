import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alarmsOf } from "../../infra/settings/alarms.ts";
import { planDeployment } from "../../infra/settings/deployment.ts";
import { durationText } from "../../infra/settings/duration-text.ts";
import { STAGES } from "./stages.ts";

const RELAY_SECONDS = 30;
const DAY_SECONDS = 86_400;
const SECONDS_OF: Readonly<Record<string, number>> = { day: DAY_SECONDS, hour: 3_600, minute: 60, second: 1 };

/** The seconds of a text such as `1 day 8 hours`. */
const secondsIn = (text: string): number =>
  [...text.matchAll(/(\d+) (day|hour|minute|second)s?/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (SECONDS_OF[unit] ?? Number.NaN),
    0,
  );

const secrets = Object.fromEntries(
  Object.entries(STAGES.ci.secrets).map(([name, value]) => [`SST_SECRET_${name}`, value]),
);

const maxReceives = fc.integer({ min: 5, max: 1_000 });
const windowSeconds = fc.integer({ min: 0, max: 300 });

/** The plan of a stage with these settings. */
const planOf = (receives: number, window: number, relaySeconds: number = RELAY_SECONDS) =>
  planDeployment(
    "ci",
    {
      ...STAGES.ci.env,
      ...secrets,
      GATEWAY_MAX_RECEIVES: String(receives),
      GATEWAY_BATCH_WINDOW_SECONDS: String(window),
    },
    relaySeconds,
  );

/** The alarms of a stage with these settings, which the deployment must accept. */
function alarmsWith(receives: number, window: number) {
  const plan = planOf(receives, window);
  if (!plan.ok) throw new Error(plan.faults.join());
  return alarmsOf(plan.value.times);
}

describe("the texts of the alarms", () => {
  it("state the receives times the visibility timeout, for all settings that a deployment accepts", () => {
    fc.assert(
      fc.property(maxReceives, windowSeconds, (receives, window) => {
        const visibilitySeconds = 6 * RELAY_SECONDS + window;
        const texts = alarmsWith(receives, window).map(({ action }) => action);
        const stated = texts.flatMap((text) => /after (\d+) receives, which takes about ([\w ]+)/.exec(text) ?? []);
        expect(stated).toHaveLength(7 * 3);
        for (let at = 0; at < stated.length; at += 3) {
          expect(Number(stated[at + 1])).toBe(receives);
          expect(secondsIn(stated[at + 2] ?? "")).toBe(receives * visibilitySeconds);
        }
        const bug = texts.flatMap((text) => /at receive 5, after about ([\w ]+)/.exec(text)?.[1] ?? []);
        expect(bug.map(secondsIn)).toEqual([4 * visibilitySeconds]);
        const deleted = texts.flatMap(
          (text) => /deletes a dead letter after ([\w ]+) at the earliest/.exec(text)?.[1] ?? [],
        );
        const remaining = 14 * DAY_SECONDS - receives * visibilitySeconds;
        expect(deleted.map(secondsIn)).toEqual([remaining, remaining]);
      }),
    );
  });

  it("write a time without rounding it", () => {
    fc.assert(
      fc.property(fc.nat(14 * DAY_SECONDS), (seconds) => {
        expect(secondsIn(durationText(seconds))).toBe(seconds);
      }),
    );
    expect([0, 1, 60, 43_200, 115_200].map(durationText)).toEqual([
      "0 seconds",
      "1 second",
      "1 minute",
      "12 hours",
      "1 day 8 hours",
    ]);
  });
});

describe("an alarm on failures", () => {
  it("lasts as long as one message fails at each receive", () => {
    const jitter = fc.array(fc.nat(2 * RELAY_SECONDS), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(maxReceives, windowSeconds, jitter, (receives, window, extraSeconds) => {
        const leastSeconds = 5 * RELAY_SECONDS + window;
        const minutes = new Set<number>();
        let at = 0;
        for (const extra of extraSeconds) {
          at += leastSeconds + extra;
          minutes.add(Math.floor(at / 60));
        }
        const lastMinute = Math.max(...minutes);
        const firstMinute = Math.min(...minutes);
        const failureAlarms = alarmsWith(receives, window).filter(({ metric }) => metric.name.startsWith("Messages"));
        expect(failureAlarms).toHaveLength(6);
        for (const { periodSeconds, periods, ofPeriods } of failureAlarms) {
          expect(periodSeconds).toBe(60);
          for (let start = firstMinute; start + ofPeriods <= lastMinute; start += 1) {
            const failed = [...minutes].filter((minute) => minute >= start && minute < start + ofPeriods);
            expect(failed.length).toBeGreaterThanOrEqual(periods);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("a stage is named before anything is created if", () => {
  const faultsOf = (receives: number, window: number, relaySeconds: number): readonly string[] => {
    const plan = planOf(receives, window, relaySeconds);
    return plan.ok ? [] : plan.faults;
  };

  it("its queue would delete messages that the relay still retries", () => {
    // 7 days are 604,800 s: 960 receives at 630 s, or 1,000 at 604.8 s.
    expect(faultsOf(960, 30, 100)).toEqual([]);
    expect(faultsOf(961, 30, 100)).toEqual([
      "GATEWAY_MAX_RECEIVES=961 retries a message for 7 days 10 minutes 30 seconds, because the queue's visibility timeout (6 × the relay's timeout + GATEWAY_BATCH_WINDOW_SECONDS) is 630 s. The queue deletes messages after 7 days. Lower GATEWAY_MAX_RECEIVES",
    ]);
    expect(faultsOf(1000, 4, 100)).toEqual([]);
    expect(faultsOf(1000, 5, 100)).toHaveLength(1);
  });

  it("its visibility timeout would pass the twelve hours of SQS", () => {
    expect(faultsOf(5, 0, 7_200)).toEqual([]);
    expect(faultsOf(5, 1, 7_200)).toEqual([expect.stringContaining("is 43201 s. SQS allows 43200 s")]);
  });
});
