import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { faultHelp } from "../../../packages/pusher-server/src/faults/fault-help.ts";
import { createFaultSchedule } from "../../../packages/pusher-server/src/faults/fault-schedule.ts";
import { FAULT_EXAMPLES, FAULT_SCHEMA, type Fault } from "../../../packages/pusher-server/src/faults/fault-schema.ts";
import { parseFault } from "../../../packages/pusher-server/src/faults/parse-fault.ts";

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

test("the share of struck calls approaches the probability", () => {
  const struck = strikes({ effect: EFFECT, when: { probability: 0.3 } }, 10_000).filter(Boolean).length;
  expect(struck / 10_000).toBeCloseTo(0.3, 1);
});

test("the first fault that strikes decides", () => {
  const schedule = createFaultSchedule([{ effect: { kind: "wait", ms: 1 }, when: { times: 1 } }, { effect: EFFECT }]);
  const kinds = [1, 2].map(() => schedule.next("POST", "/apps/42/events")?.kind);
  expect(kinds).toEqual(["wait", "answer"]);
});

test.each([
  ["no object", 7, "it must be an object, not 7"],
  ["no effect", {}, "effect.kind must be one of answer, wait, answer-late, stall-body, reset"],
  ["an unknown effect", { effect: { kind: "explode" } }, "stall-body, reset, not 'explode'"],
  [
    "an answer without a status",
    { effect: { kind: "answer" } },
    "effect.status is required: it must be a status from 200 to 599",
  ],
  [
    "a status out of range",
    { effect: { kind: "answer", status: 99 } },
    "effect.status must be a status from 200 to 599, not 99",
  ],
  ["a wait without a time", { effect: { kind: "wait" } }, "effect.ms is required: it must be a whole number"],
  [
    "a time that is no number",
    { effect: { kind: "wait", ms: "1" } },
    "effect.ms must be a whole number from 0 up, not '1'",
  ],
  ["a field of another effect", { effect: { kind: "reset", ms: 1 } }, "effect.ms is unknown (known: kind, accepted)"],
  [
    "headers that are no strings",
    { effect: { ...EFFECT, headers: { "retry-after": 1 } } },
    "effect.headers must be an object of strings, not { 'retry-after': 1 }",
  ],
  ["a misspelt part", { effect: EFFECT, wen: {} }, "fault.wen is unknown (known: match, effect, when)"],
  [
    "a broken expression",
    { effect: EFFECT, match: { path: "^(" } },
    "match.path must be a valid regular expression with a leading ^",
  ],
  [
    "a probability above 1",
    { effect: EFFECT, when: { probability: 2 } },
    "when.probability must be a number from 0 to 1, not 2",
  ],
  ["a status out of range in the short form", { status: 99 }, "fault.status must be a status from 200 to 599, not 99"],
  ["a part of the long form beside the short one", { status: 503, when: {} }, "fault.when is unknown (known: status"],
  ["a negative count", { effect: EFFECT, when: { skip: -1 } }, "when.skip must be a whole number from 0 up, not -1"],
])(
  "a fault with %s throws an error that names the field, the expected value and the given one",
  (_, fault, complaint) => {
    expect(() => parseFault(fault)).toThrow(complaint);
  },
);

test("the error names every mistake of a fault", () => {
  expect(() => parseFault({ effect: { kind: "wait" }, when: { skip: -1 } })).toThrow(/effect\.ms.*when\.skip/);
});

test("the next fault strikes after the previous one has struck often enough", () => {
  const schedule = createFaultSchedule([
    { effect: { kind: "wait", ms: 1 }, when: { times: 2 } },
    { effect: EFFECT, when: { times: 1 } },
  ]);
  const kinds = [1, 2, 3, 4].map(() => schedule.next("POST", "/apps/42/events")?.kind);
  expect(kinds).toEqual(["wait", "wait", "answer", undefined]);
});

test("the short form is a fault that answers", () => {
  expect(
    parseFault({ status: 503, times: 3, path: "/events", method: "POST", body: "no", headers: { a: "b" } }),
  ).toEqual({
    match: { path: "/events", method: "POST" },
    effect: { kind: "answer", status: 503, body: "no", headers: { a: "b" } },
    when: { times: 3 },
  });
});

test("the short form of a status alone strikes every call", () => {
  expect(parseFault({ status: 503 })).toEqual({ effect: EFFECT });
});

test("the list has each fault with the calls that it matched and struck", () => {
  const schedule = createFaultSchedule([{ status: 503, times: 1 }]);
  for (let calls = 0; calls < 3; calls += 1) schedule.next("POST", "/apps/42/events");
  expect(schedule.list()).toEqual([{ fault: { effect: EFFECT, when: { times: 1 } }, matched: 3, struck: 1 }]);
});

test.each(FAULT_EXAMPLES)("the example %j of the help is a valid fault", (example) => {
  expect(parseFault(JSON.parse(JSON.stringify(example)))).toEqual(example);
});

test("the help names every part, effect and field of the schema", () => {
  const { match, effect, when } = FAULT_SCHEMA;
  const fields = Object.values(effect.kinds).flatMap((kind) => Object.keys(kind.fields));
  const names = [match.fields, effect.kinds, when.fields].flatMap((part) => Object.keys(part));
  for (const name of [...names, ...fields]) expect(faultHelp()).toMatch(new RegExp(`^ +${name} `, "m"));
});

test("the README explains faults with the text of the help", async () => {
  const readme = await readFile(new URL("../../../packages/pusher-server/README.md", import.meta.url), "utf8");
  expect(readme).toContain(faultHelp());
});
