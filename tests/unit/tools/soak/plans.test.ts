import { describe, expect, it } from "vitest";
import { createDice } from "../../../../tools/soak/dice.ts";
import { createHavocPlan } from "../../../../tools/soak/plan/havoc-plan.ts";
import { accepts, createPusherPlan, isRefusal } from "../../../../tools/soak/plan/pusher-plan.ts";
import { createQueuePlan } from "../../../../tools/soak/plan/queue-plan.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const CHANNELS = ["private-audit-a", "private-fiche-1"];

describe("the plan of Pusher's faults", () => {
  it("strikes the same calls with the same seed", () => {
    const strikes = (seed: number) => {
      const plan = createPusherPlan("heavy", seed);
      return numbers(500).map((marker) => plan.next([{ marker, channel: "private-global" }]));
    };
    expect(strikes(1)).toEqual(strikes(1));
    expect(strikes(1)).not.toEqual(strikes(2));
  });

  it("never accepts a rejected event, and rejects some events on one channel only", () => {
    const plan = createPusherPlan("heavy", 1);
    const refused = numbers(3_000).map((marker) => CHANNELS.map((channel) => plan.refuses(marker, channel)));
    expect(refused.some(([first, second]) => first && second)).toBe(true);
    expect(refused.some(([first, second]) => first !== second)).toBe(true);
    const marker = refused.findIndex(([first]) => first);
    // A fault that takes a call's entries before it strikes must not strike this one.
    const effects = numbers(2_000).map(() => plan.next([{ marker, channel: "private-audit-a" }]));
    expect(effects.filter((effect) => effect === undefined || accepts(effect))).toEqual([]);
    expect(new Set(effects.map((effect) => effect?.kind))).toEqual(new Set(["answer", "reset"]));
  });

  it("answers 403 to a call of several events, and once to the rejected one alone", () => {
    const plan = createPusherPlan("light", 1);
    const channel = "private-global";
    const sound = numbers(3_000).find((marker) => !plan.refuses(marker, channel));
    const statuses = numbers(3_000)
      .filter((marker) => plan.refuses(marker, channel))
      .map((marker) =>
        [
          [
            { marker, channel },
            { marker: sound, channel },
          ],
          [{ marker, channel }],
          [{ marker, channel }],
        ].map((entries) => {
          const effect = plan.next(entries);
          return effect?.kind === "answer" && isRefusal(effect.status) ? effect.status : "passing fault";
        }),
      );
    expect(statuses).toContainEqual([403, 403, 413]);
    for (const status of [400, 413, 422]) expect(statuses).toContainEqual([status, status, status]);
  });

  it("answers every call of an outage with 503", () => {
    const plan = createPusherPlan("none", 1);
    plan.goDown();
    const effects = numbers(100).map(() => plan.next([]));
    const calls = effects.filter((effect) => effect !== undefined);
    expect(calls.length).toBeGreaterThanOrEqual(10);
    expect(effects.slice(0, calls.length)).toEqual(calls.map(() => ({ kind: "answer", status: 503 })));
  });

  it("has no fault without severity", () => {
    const plan = createPusherPlan("none", 1);
    expect(numbers(500).some((marker) => plan.refuses(marker, "private-global"))).toBe(false);
    expect(numbers(500).every((marker) => plan.next([{ marker, channel: "private-global" }]) === undefined)).toBe(true);
  });
});

describe("the plan of the queue's faults", () => {
  it("fails each try to dead-letter a message at the same receive, and lets a later receive pass", () => {
    const plan = createQueuePlan("heavy", 1);
    const failing = numbers(100).filter((id) => plan.deadLetter(`m-${id}`, 1) !== undefined);
    expect(failing.length).toBeGreaterThan(0);
    expect(failing.length).toBeLessThan(50);
    for (const id of failing) expect(plan.deadLetter(`m-${id}`, 1)).toBe(plan.deadLetter(`m-${id}`, 1));
    expect(failing.some((id) => plan.deadLetter(`m-${id}`, 2) === undefined)).toBe(true);
  });

  it("loses answers, fails calls, fails some messages of a call, and keeps some deleted messages or all of them", () => {
    const plan = createQueuePlan("heavy", 1);
    for (const fault of [plan.send, plan.receive, plan.delete]) {
      const faults = new Set(numbers(2_000).map(() => fault()));
      expect(faults).toEqual(new Set([undefined, "lost", "error"]));
    }
    expect(new Set(numbers(2_000).map(() => plan.takes(3)))).toEqual(new Set([0, 1, 2, 3]));
    for (const isStruck of [plan.failsToDelete, plan.keepsDeleted, plan.deletesTooLate])
      expect(new Set(numbers(2_000).map(() => isStruck()))).toEqual(new Set([true, false]));
  });
});

describe("the plan of kills and outages", () => {
  it("kills in bursts, with quiet times between them", () => {
    const plan = createHavocPlan(createDice(1), 10_000);
    const strikes = numbers(20_000).flatMap((at) => (plan.onPublication() === undefined ? [] : [at]));
    const gaps = strikes.slice(1).map((at, index) => at - (strikes[index] ?? 0));
    expect(gaps.some((gap) => gap <= 25)).toBe(true);
    expect(gaps.filter((gap) => gap > 25).every((gap) => gap > 500)).toBe(true);
  });

  it("kills and lets Pusher go down", () => {
    const plan = createHavocPlan(createDice(1), 10_000);
    const strikes = new Set(numbers(40_000).map(() => plan.onPublication()));
    expect(strikes).toEqual(new Set([undefined, "kill", "outage"]));
  });
});
