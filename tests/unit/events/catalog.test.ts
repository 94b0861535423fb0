import { definitionOf, eventNames, families } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { contractEvents, contractFamilies, contractFamilyOf } from "../../contract/catalog.ts";
import type { ContractEvent } from "../../contract/contract-event.ts";
import { examplesOf, isOptional, leastPayload, nameOf } from "../../contract/field-values.ts";

/** The required fields, and one id if all ids are optional: routing requires one. */
function least({ name, fields }: ContractEvent): Record<string, unknown> {
  const [idField] = contractFamilyOf(name).channels.flatMap(({ idFields }) => idFields);
  return { ...(idField !== undefined && { [idField]: "42" }), ...leastPayload(fields) };
}

function definition(name: string) {
  const found = definitionOf(name);
  if (found === undefined) throw new Error(`${name} is not in the catalog`);
  return found;
}

/** The top-level fields that do not match the schema of an event. */
const mismatches = (name: string, payload: unknown): readonly unknown[] =>
  definition(name)
    .schema.safeParse(payload)
    .error?.issues.map(({ path }) => path[0]) ?? [];

/** The fields that a schema describes. */
function schemaFields(schema: { readonly def: object }): readonly string[] {
  const { def } = schema;
  if ("shape" in def && typeof def.shape === "object" && def.shape !== null) return Object.keys(def.shape);
  if ("options" in def && Array.isArray(def.options)) return def.options.flatMap(schemaFields);
  throw new Error("The schema is neither an object nor a union.");
}

const events = contractEvents.map((event) => ({ ...event, title: [event.name, event.variant].join(" ").trim() }));
const fields = events.flatMap((event) =>
  Object.entries(event.fields).map(([field, type]) => ({ event, title: event.title, field, type })),
);
const contractNames = [...new Set(contractEvents.map(({ name }) => name))];

describe("the catalog", () => {
  it("lists exactly the contract's events", () => {
    expect([...eventNames].sort()).toEqual([...contractNames].sort());
  });

  it("has exactly the contract's families, with their channels", () => {
    const routed = families.map(({ match, routes }) => ({
      match,
      channels: routes.map(({ kind, fields }) => ({ kind, idFields: fields })),
    }));
    expect(routed).toEqual(contractFamilies.map(({ match, channels }) => ({ match, channels })));
  });

  it("names the contract's entity of every latest-wins event, and of no other", () => {
    const promised = contractEvents.flatMap(({ name, entity }) => (entity ? [[name, entity]] : []));
    const found = eventNames.map((name) => [name, definition(name).latestWinsPer]).filter(([, entity]) => entity);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(promised));
  });

  it.each(eventNames)("has a sample of %s that its schema accepts unchanged", (name) => {
    const { schema, sample } = definition(name);
    expect(schema.safeParse(sample)).toEqual({ success: true, data: sample });
  });

  it.each(["", "audit", "audit.", "audit.unknown", "toString", "__proto__"])("does not list the name %j", (name) => {
    expect(definitionOf(name)).toBeUndefined();
  });
});

describe("the schema of an event", () => {
  it.each(eventNames)("describes exactly the contract's fields of %s", (name) => {
    const promised = events.filter((event) => event.name === name).flatMap((event) => Object.keys(event.fields));
    expect([...new Set(schemaFields(definition(name).schema))].sort()).toEqual(
      [...new Set(promised.map(nameOf))].sort(),
    );
  });

  it.each(events)("accepts $title with its required fields only", (event) => {
    expect(mismatches(event.name, least(event))).toEqual([]);
  });

  it.each(events)("passes unknown fields of $title through", (event) => {
    const payload = { ...least(event), brand_new: { a: [1] } };
    expect(definition(event.name).schema.safeParse(payload)).toEqual({ success: true, data: payload });
  });

  it.each(fields)("accepts every right value of $field in $title", ({ event, field, type }) => {
    for (const value of examplesOf(type).right)
      expect(mismatches(event.name, { ...least(event), [nameOf(field)]: value })).toEqual([]);
  });

  it.each(fields)("rejects every wrong value of $field in $title and names the field", ({ event, field, type }) => {
    const wrong = examplesOf(type).wrong.filter((value) => !(isOptional(field) && value === undefined));
    for (const value of wrong)
      expect([...new Set(mismatches(event.name, { ...least(event), [nameOf(field)]: value }))]).toEqual([
        nameOf(field),
      ]);
  });

  /** Events whose ids are all optional: one of them is required all the same. */
  const anyId = events.filter(({ name, fields }) => {
    const idFields = contractFamilyOf(name).channels.flatMap((channel) => channel.idFields);
    return idFields.length > 0 && idFields.every((field) => `${field}?` in fields);
  });

  it.each(anyId)("requires one of the ids that route $title", (event) => {
    expect(definition(event.name).schema.safeParse(leastPayload(event.fields)).success).toBe(false);
    for (const field of contractFamilyOf(event.name).channels.flatMap(({ idFields }) => idFields))
      expect(mismatches(event.name, { ...leastPayload(event.fields), [field]: "1" })).toEqual([]);
  });
});
