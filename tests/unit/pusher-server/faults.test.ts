import { expect, test } from "vitest";
import { createFaultSchedule, type Fault } from "../../../packages/pusher-server/src/faults.ts";
import { parseFault } from "../../../packages/pusher-server/src/parse-fault.ts";

const EFFECT = { kind: "answer", status: 503 } as const;

function strikes(fault: Fault, calls = 1, path = "/apps/42/events", method = "POST"): readonly boolean[] {
  const schedule = createFaultSchedule([fault]);
  return Array.from({ length: calls }, () => schedule.next(method, path) !== undefined);
}

test.each([
  ["/events", true],
  ["/apps/42/events", true],
  ["/event", false],
  ["/ev*", true],
  ["/apps/*", true],
  ["^/ev.nts$", true],
  ["^/nothing", false],
])("the path %s matches: %s", (path, expected) => {
  expect(strikes({ match: { path }, effect: EFFECT })).toEqual([expected]);
});

test.each([
  ["post", true],
  ["GET", false],
])("the method %s matches a POST: %s", (method, expected) => {
  expect(strikes({ match: { method }, effect: EFFECT })).toEqual([expected]);
});

test("the same seed strikes the same calls", () => {
  const fault: Fault = { effect: EFFECT, when: { probability: 0.3, seed: 7 } };
  expect(strikes(fault, 50)).toEqual(strikes(fault, 50));
});

test("another seed strikes other calls", () => {
  const draw = (seed: number) => strikes({ effect: EFFECT, when: { probability: 0.3, seed } }, 50);
  expect(draw(1)).not.toEqual(draw(2));
});

test("a probability is met in the long run", () => {
  const struck = strikes({ effect: EFFECT, when: { probability: 0.3 } }, 10_000).filter(Boolean).length;
  expect(struck / 10_000).toBeCloseTo(0.3, 1);
});

test("the first fault that strikes decides", () => {
  const schedule = createFaultSchedule([{ effect: { kind: "wait", ms: 1 }, when: { times: 1 } }, { effect: EFFECT }]);
  const kinds = [1, 2].map(() => schedule.next("POST", "/apps/42/events")?.kind);
  expect(kinds).toEqual(["wait", "answer"]);
});

test.each([
  ["no object", 7, "must be an object"],
  ["no effect", {}, "effect.kind must be one of answer, wait, answer-late, stall-body, reset"],
  ["an unknown effect", { effect: { kind: "explode" } }, "effect.kind must be one of"],
  ["an answer without a status", { effect: { kind: "answer" } }, "effect.status is required"],
  ["a status out of range", { effect: { kind: "answer", status: 99 } }, "effect.status must be"],
  ["a wait without a time", { effect: { kind: "wait" } }, "effect.ms is required"],
  ["a time that is no number", { effect: { kind: "wait", ms: "1" } }, "effect.ms must be"],
  ["a field of another effect", { effect: { kind: "reset", ms: 1 } }, "effect.ms is unknown"],
  ["headers that are no strings", { effect: { ...EFFECT, headers: { "retry-after": 1 } } }, "effect.headers must be"],
  ["a misspelt part", { effect: EFFECT, wen: {} }, "fault.wen is unknown"],
  ["a broken expression", { effect: EFFECT, match: { path: "^(" } }, "match.path must be a valid regular expression"],
  ["a probability above 1", { effect: EFFECT, when: { probability: 2 } }, "when.probability must be"],
  ["a negative count", { effect: EFFECT, when: { skip: -1 } }, "when.skip must be"],
])("a fault with %s is refused", (_, fault, complaint) => {
  expect(() => parseFault(fault)).toThrow(complaint);
});

test("every mistake of a fault is named", () => {
  expect(() => parseFault({ effect: { kind: "wait" }, when: { skip: -1 } })).toThrow(/effect\.ms.*when\.skip/);
});

test("faults that are over by number follow one another", () => {
  const schedule = createFaultSchedule([
    { effect: { kind: "wait", ms: 1 }, when: { times: 2 } },
    { effect: EFFECT, when: { times: 1 } },
  ]);
  const kinds = [1, 2, 3, 4].map(() => schedule.next("POST", "/apps/42/events")?.kind);
  expect(kinds).toEqual(["wait", "wait", "answer", undefined]);
});
