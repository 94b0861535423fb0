import { entityOf, idTextOf } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";

const event = (name: string, json: string) => ({ name, json, data: JSON.parse(json) });
const entity = (name: string, payload: object): string | undefined => entityOf(event(name, JSON.stringify(payload)));

describe("the entity of a latest-wins event", () => {
  it.each([
    ["audit.progress", { audit_id: "1" }, { audit_id: 1, fiche_id: "2" }],
    ["audit.progress", { audit_db_id: "1" }, { audit_db_id: "1", audit_id: null }],
    ["transcription.progress", { fiche_id: "1" }, { fiche_id: "1", pending: 3 }],
    ["batch.progress", { operation_type: "audit", batch_id: "1" }, { batch_id: "1", operation_type: "audit" }],
    ["fiches.progressive_fetch.progress", { jobId: "1" }, { job_id: "1" }],
  ])("is the same for %s %j and %j", (name, one, other) => {
    expect(entity(name, one)).toBeDefined();
    expect(entity(name, one)).toBe(entity(name, other));
  });

  it.each([
    ["audit.progress", { audit_id: "1" }, { audit_id: "2" }],
    ["audit.progress", { audit_id: "1" }, { audit_db_id: "1" }],
    ["batch.progress", { operation_type: "audit", batch_id: "a" }, { operation_type: "audit", batch_id: "b" }],
    ["batch.progress", { operation_type: "audit", batch_id: "a" }, { operation_type: "transcription", batch_id: "a" }],
  ])("differs for %s %j and %j", (name, one, other) => {
    expect(entity(name, one)).not.toBe(entity(name, other));
  });

  it.each([
    ["audit.progress", { fiche_id: "1" }],
    ["batch.progress", { batch_id: "1" }],
    ["batch.progress", { operation_type: "audit", batch_id: "" }],
    ["audit.completed", { audit_id: "1" }],
    ["audit.unknown", { audit_id: "1" }],
  ])("is missing for %s %j, which replaces nothing", (name, payload) => {
    expect(entity(name, payload)).toBeUndefined();
  });

  it("differs for integers beyond 2^53 that JSON.parse rounds to one number", () => {
    const of = (digits: string) => entityOf(event("audit.progress", `{"audit_id":${digits}}`));
    expect(of("9007199254740993")).not.toBe(of("9007199254740992"));
  });
});

describe("the text of an id", () => {
  it.each([
    ['"a:b"', "a:b"],
    ["42", "42"],
    ["-7", "-7"],
    ["1e3", "1000"],
    ["9007199254740993", "9007199254740993"],
    ["1e21", "1000000000000000000000"],
    ["1e+21", "1000000000000000000000"],
    ["-1.5E+22", "-15000000000000000000000"],
    ["12345678901234567890.0", "12345678901234567890"],
    ["123456789012345678900e-1", "12345678901234567890"],
    ["123456789012345678901234567890", "123456789012345678901234567890"],
  ])("of %s is %s", (source, text) => {
    expect(idTextOf(event("x", `{"id":${source}}`), "id")).toBe(text);
  });

  it.each(["1.5", "1e400", "true", "null", "{}", "[]"])("does not exist for %s", (source) => {
    expect(idTextOf(event("x", `{"id":${source}}`), "id")).toBeUndefined();
  });
});
