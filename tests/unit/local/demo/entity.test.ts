import { definitionOf, eventNames, type JsonObject } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { entityOf } from "../../../../packages/local/src/demo/entity.ts";

describe("the demo's entities", () => {
  it.each(eventNames)("names the entity of %s exactly when its latest wins", (name) => {
    const sample: JsonObject = Object(definitionOf(name)?.sample);
    expect(entityOf(name, sample) !== undefined).toBe(definitionOf(name)?.latestWinsPer !== undefined);
  });

  it.each([
    ["audit.progress", { audit_id: "1", audit_db_id: "2" }, { audit_id: "1" }],
    ["audit.progress", { audit_id: null, audit_db_id: "2" }, { audit_db_id: "2" }],
    ["fiches.progressive_fetch.progress", { jobId: 7 }, { job_id: "7" }],
  ])("takes %s with %j and with %j for the same entity", (name, one, other) => {
    expect(entityOf(name, one)).toBe(entityOf(name, other));
  });

  it.each([
    ["audit.progress", { audit_id: "1" }, { audit_id: "2" }],
    ["batch.progress", { batch_id: "1", operation_type: "audit" }, { batch_id: "1", operation_type: "transcription" }],
    ["batch.progress", { batch_id: "1", operation_type: "audit" }, { batch_id: "2", operation_type: "audit" }],
  ])("takes %s with %j and with %j for two entities", (name, one, other) => {
    expect(entityOf(name, one)).not.toBe(entityOf(name, other));
  });

  it("names none for an event that lacks its entity's id", () => {
    expect(entityOf("audit.progress", { fiche_id: "7" })).toBeUndefined();
    expect(entityOf("batch.progress", { batch_id: "1" })).toBeUndefined();
  });
});
