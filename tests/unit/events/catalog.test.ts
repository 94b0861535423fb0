import { definitionOf, eventNames, families } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { type ContractEvent, contractCatalog } from "../../support/contract-catalog.ts";
import { examplesOf, isOptional, leastPayload, nameOf } from "../../support/field-values.ts";

const LATEST_WINS = ["audit.progress", "transcription.progress", "batch.progress", "fiches.progressive_fetch.progress"];

/** What routing needs beside the required fields: the contract asks for one of them. */
const ROUTING_ID: Readonly<Record<string, string>> = { audit: "audit_id", fiches: "jobId" };

const least = ({ name, fields }: ContractEvent): Record<string, unknown> => {
  const routingId = ROUTING_ID[name.split(".")[0] ?? ""];
  return { ...(routingId !== undefined && { [routingId]: "42" }), ...leastPayload(fields) };
};

function definition(name: string) {
  const found = definitionOf(name);
  if (found === undefined) throw new Error(`${name} is not in the catalog`);
  return found;
}

/** The outermost fields that an event's schema complains about. */
const faults = (name: string, payload: unknown): readonly unknown[] =>
  definition(name)
    .schema.safeParse(payload)
    .error?.issues.map(({ path }) => path[0]) ?? [];

/** The fields that a schema speaks of, whatever their types. */
function schemaFields(schema: { readonly def: object }): readonly string[] {
  const { def } = schema;
  if ("shape" in def && typeof def.shape === "object" && def.shape !== null) return Object.keys(def.shape);
  if ("options" in def && Array.isArray(def.options)) return def.options.flatMap(schemaFields);
  throw new Error("neither an object nor a union");
}

const events = contractCatalog.map((event) => ({ ...event, title: [event.name, event.variant].join(" ").trim() }));
const fields = events.flatMap((event) =>
  Object.entries(event.fields).map(([field, type]) => ({ event, title: event.title, field, type })),
);

describe("the catalog", () => {
  it("holds exactly the contract's 29 events", () => {
    expect([...eventNames].sort()).toEqual([...new Set(contractCatalog.map(({ name }) => name))].sort());
    expect(eventNames).toHaveLength(29);
  });

  it("holds exactly five families", () => {
    expect(families.map(({ match }) => match).sort()).toEqual([
      "audit.",
      "batch.",
      "fiches.progressive_fetch.",
      "notification",
      "transcription.",
    ]);
  });

  it("lets the latest win for exactly the four progress events", () => {
    expect(eventNames.filter((name) => definition(name).latestWins).sort()).toEqual([...LATEST_WINS].sort());
  });

  it.each(eventNames)("has a sample of %s that its schema accepts unchanged", (name) => {
    const { schema, sample } = definition(name);
    expect(schema.safeParse(sample)).toEqual({ success: true, data: sample });
  });

  it("knows no other names", () => {
    for (const name of ["", "audit", "audit.", "audit.unknown", "toString", "__proto__"])
      expect(definitionOf(name)).toBeUndefined();
  });
});

describe("the schema of an event", () => {
  it.each(eventNames)("%s speaks of the contract's fields and no others", (name) => {
    const promised = events.filter((event) => event.name === name).flatMap((event) => Object.keys(event.fields));
    expect([...new Set(schemaFields(definition(name).schema))].sort()).toEqual(
      [...new Set(promised.map(nameOf))].sort(),
    );
  });

  it.each(events)("$title is content with its required fields", (event) => {
    expect(faults(event.name, least(event))).toEqual([]);
  });

  it.each(events)("$title lets unknown fields pass", (event) => {
    const payload = { ...least(event), brand_new: { a: [1] } };
    expect(definition(event.name).schema.safeParse(payload)).toEqual({ success: true, data: payload });
  });

  it.each(fields)("$title takes every right value of $field", ({ event, field, type }) => {
    for (const value of examplesOf(type).right)
      expect(faults(event.name, { ...least(event), [nameOf(field)]: value })).toEqual([]);
  });

  it.each(fields)("$title refuses every wrong value of $field, naming the field", ({ event, field, type }) => {
    const refused = examplesOf(type).wrong.filter((value) => !(isOptional(field) && value === undefined));
    for (const value of refused)
      expect([...new Set(faults(event.name, { ...least(event), [nameOf(field)]: value }))]).toEqual([nameOf(field)]);
  });
});

describe("the ids that routing needs", () => {
  it("are audit_id or fiche_id in an audit event, at least one of them", () => {
    const { audit_id: _, ...neither } = { audit_id: "", from_cache: true, status: "fetching" };
    expect(definition("audit.fiche_fetch_started").schema.safeParse(neither).success).toBe(false);
    expect(faults("audit.fiche_fetch_started", { ...neither, audit_id: "1" })).toEqual([]);
    expect(faults("audit.fiche_fetch_started", { ...neither, fiche_id: "1" })).toEqual([]);
  });

  it("are jobId or job_id in a fetch event, at least one of them", () => {
    const name = "fiches.progressive_fetch.created";
    const { jobId, ...neither } = { jobId: "job-1", ...Object(definition(name).sample) };
    expect(definition(name).schema.safeParse(neither).success).toBe(false);
    expect(faults(name, { ...neither, job_id: jobId })).toEqual([]);
  });
});
