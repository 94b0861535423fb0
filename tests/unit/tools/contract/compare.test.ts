import type { JsonSchema } from "@realtime-gateway/events/json-schema";
import { describe, expect, it } from "vitest";
import { lineOf, versionRule } from "../../../../tools/contract/compare/change.ts";
import { compareContracts } from "../../../../tools/contract/compare/compare.ts";
import type { Contract, EventContract } from "../../../../tools/contract/compare/contract.ts";

type Rule = "major" | "minor" | "patch";

const text = { type: "string" };
const object = (properties: JsonSchema, required: readonly string[] = [], rest: JsonSchema = {}): JsonSchema => ({
  type: "object",
  properties,
  required,
  ...rest,
});

const contractOf = (event: EventContract): Contract => new Map([["batch.progress", event]]);
const withSchema = (schema: JsonSchema): EventContract => ({ schema, channels: new Map([["global", []]]) });
const member = (schema: JsonSchema): EventContract => withSchema(object({ total: schema }, ["total"]));

const lines = (before: Contract, after: Contract): readonly string[] => compareContracts(before, after).map(lineOf);

const producers = (detail: string): string => `producers of \`batch.progress\`: ${detail}`;
const browsers = (detail: string): string => `browsers reading \`batch.progress\`: ${detail}`;
const compatible = (detail: string): string => `compatible: \`batch.progress\`: ${detail}`;

const statusOf = (value: string, more: JsonSchema = {}): JsonSchema =>
  object({ status: { type: "string", const: value }, ...more }, ["status"]);

const members: readonly (readonly [string, JsonSchema, JsonSchema, readonly string[], Rule])[] = [
  ["is equal", { type: "integer" }, { type: "integer" }, [], "patch"],
  [
    "takes a second type",
    { type: "integer" },
    { type: ["integer", "string"] },
    [browsers("`total` may now be a string")],
    "major",
  ],
  [
    "loses a type",
    { type: ["integer", "string"] },
    { type: "integer" },
    [producers("`total` may no longer be a string")],
    "major",
  ],
  [
    "changes its type",
    { type: "boolean" },
    { type: "string" },
    [producers("`total` may no longer be a boolean"), browsers("`total` may now be a string")],
    "major",
  ],
  [
    "widens from integers to numbers",
    { type: "integer" },
    { type: "number" },
    [browsers("`total` may now be a number with a fraction")],
    "major",
  ],
  [
    "narrows from numbers to integers",
    { type: "number" },
    { type: "integer" },
    [producers("`total` may no longer be a number with a fraction")],
    "major",
  ],
  ["takes a new value", { enum: ["a"] }, { enum: ["a", "b"] }, [browsers('`total` may now be "b"')], "major"],
  ["loses a value", { enum: ["a", "b"] }, { enum: ["a"] }, [producers('`total` may no longer be "b"')], "major"],
  [
    "must be a listed value",
    text,
    { ...text, enum: ["a", "b"] },
    [producers('`total` must now be one of "a", "b"')],
    "major",
  ],
  [
    "need not be a listed value",
    { ...text, const: "a" },
    text,
    [browsers('`total` may now be other than "a"')],
    "major",
  ],
  ["gets a format", text, { ...text, format: "date" }, [producers("`total` must now have the format date")], "major"],
  [
    "loses its format",
    { ...text, format: "date" },
    text,
    [browsers("`total` may now be other than of the format date")],
    "major",
  ],
  ["gets a pattern", text, { ...text, pattern: "^a" }, [producers("`total` must now have the pattern ^a")], "major"],
  [
    "gets a higher minimum",
    { minimum: 1 },
    { minimum: 2 },
    [producers("`total`: `minimum` changed from 1 to 2")],
    "major",
  ],
  [
    "gets a lower minimum",
    { minimum: 1 },
    { minimum: 0 },
    [browsers("`total`: `minimum` changed from 1 to 0")],
    "major",
  ],
  ["gets a maximum", {}, { maxLength: 9 }, [producers("`total`: `maxLength` changed from none to 9")], "major"],
  ["loses its maximum", { maximum: 9 }, {}, [browsers("`total`: `maximum` changed from 9 to none")], "major"],
  [
    "changes inside",
    object({ count: text }, ["count"]),
    object({ count: text }),
    [browsers("`total.count` may now be absent")],
    "major",
  ],
  [
    "changes in its elements",
    { type: "array", items: { type: "integer" } },
    { type: "array", items: text },
    [producers("`total[]` may no longer be an integer"), browsers("`total[]` may now be a string")],
    "major",
  ],
];

const wholes: readonly (readonly [string, EventContract, EventContract, readonly string[], Rule])[] = [
  [
    "has a new optional member",
    withSchema(object({})),
    withSchema(object({ a: text })),
    [compatible("`a` is new and optional")],
    "minor",
  ],
  [
    "has a new required member",
    withSchema(object({})),
    withSchema(object({ a: text }, ["a"])),
    [producers("`a` is new and required")],
    "major",
  ],
  ["loses a member", withSchema(object({ a: text })), withSchema(object({})), [browsers("`a` was removed")], "major"],
  [
    "requires a member",
    withSchema(object({ a: text })),
    withSchema(object({ a: text }, ["a"])),
    [producers("`a` became required")],
    "major",
  ],
  [
    "no longer requires a member",
    withSchema(object({ a: text }, ["a"])),
    withSchema(object({ a: text })),
    [browsers("`a` may now be absent")],
    "major",
  ],
  [
    "allows null where a member may be absent",
    withSchema(object({ a: { type: ["string", "null"], enum: ["x", null] } })),
    withSchema(object({ a: { type: "string", enum: ["x"] } }, ["a"])),
    [producers("`a` became required")],
    "major",
  ],
  [
    "has a new alternative",
    withSchema({ oneOf: [statusOf("run")] }),
    withSchema({ oneOf: [statusOf("run"), statusOf("rerun")] }),
    [browsers('`status` may now be "rerun"')],
    "major",
  ],
  [
    "loses an alternative",
    withSchema({ oneOf: [statusOf("run"), statusOf("rerun")] }),
    withSchema(statusOf("run")),
    [producers('`status` may no longer be "rerun"')],
    "major",
  ],
  [
    "changes one alternative",
    withSchema({ oneOf: [statusOf("run"), statusOf("rerun", { a: text })] }),
    withSchema({ oneOf: [statusOf("run"), statusOf("rerun")] }),
    [browsers("`a` was removed")],
    "major",
  ],
  [
    "leaves a channel",
    {
      schema: {},
      channels: new Map([
        ["audit", ["audit_id"]],
        ["fiche", ["fiche_id"]],
      ]),
    },
    { schema: {}, channels: new Map([["audit", ["audit_id"]]]) },
    [browsers("the fiche channel no longer carries it")],
    "major",
  ],
  [
    "goes to one more channel",
    { schema: {}, channels: new Map() },
    { schema: {}, channels: new Map([["fiche", ["fiche_id"]]]) },
    [compatible("the fiche channel carries it too")],
    "minor",
  ],
  [
    "takes its channel from another field",
    { schema: {}, channels: new Map([["job", ["jobId", "job_id"]]]) },
    { schema: {}, channels: new Map([["job", ["jobId", "id"]]]) },
    [producers("`job_id` no longer names its job channel"), compatible("`id` may name its job channel")],
    "major",
  ],
  [
    "becomes a latest-wins event",
    withSchema({}),
    { ...withSchema({}), entity: "`batch_id`" },
    [browsers("a newer event now replaces an older one of the same `batch_id`")],
    "major",
  ],
  [
    "changes its entity",
    { ...withSchema({}), entity: "`batch_id`" },
    { ...withSchema({}), entity: "`type`" },
    [browsers("a newer event now replaces an older one of the same `type`; before, of the same `batch_id`")],
    "major",
  ],
  [
    "is no latest-wins event any more",
    { ...withSchema({}), entity: "`batch_id`" },
    withSchema({}),
    [compatible("a newer event no longer replaces an older one")],
    "minor",
  ],
];

describe("the comparison of two versions", () => {
  it.each(members)("reports a member that %s", (_, before, after, expected, rule) => {
    expect(lines(contractOf(member(before)), contractOf(member(after)))).toEqual(expected);
    expect(versionRule(compareContracts(contractOf(member(before)), contractOf(member(after))))).toBe(rule);
  });

  it.each(wholes)("reports an event that %s", (_, before, after, expected, rule) => {
    expect(lines(contractOf(before), contractOf(after))).toEqual(expected);
    expect(versionRule(compareContracts(contractOf(before), contractOf(after)))).toBe(rule);
  });

  it("reports a removed event to producers and to browsers", () => {
    expect(lines(contractOf(withSchema({})), new Map())).toEqual([
      producers("the event was removed"),
      browsers("the event was removed"),
    ]);
  });

  it("reports a new event as compatible", () => {
    expect(lines(new Map(), contractOf(withSchema({})))).toEqual([compatible("the event is new")]);
  });
});
