import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  definitionOf,
  describeMismatch,
  eventNames,
  type JsonObject,
  mismatchOf,
} from "../../../packages/events/src/index.ts";
import { law } from "../../support/law.ts";

const mismatchesOf = (name: string, data: JsonObject) =>
  (definitionOf(name)?.schema.safeParse(data).error?.issues ?? []).map((issue) => mismatchOf(issue, data));

const texts = (name: string, data: JsonObject) => mismatchesOf(name, data).map(describeMismatch);

describe("a mismatch", () => {
  it.each([
    ["another type", { total_steps: "3" }, "total_steps must be an integer, got a string"],
    ["a missing field", { total_steps: undefined }, "total_steps must be an integer, got nothing"],
    ["null", { total_steps: null }, "total_steps must be an integer, got null"],
    ["an array", { total_steps: [] }, "total_steps must be an integer, got an array"],
    ["a fraction", { total_steps: 1.5 }, "total_steps must be an integer, got a number"],
    ["an integer beyond 2^53", { total_steps: 2 ** 60 }, "total_steps must be an integer, got a number"],
    ["another word", { status: "begun" }, 'status must be "started", got another string'],
    [
      "a text that is no time",
      { started_at: "yesterday" },
      'started_at must be a date and time such as "2026-03-02T09:00:00Z", got another string',
    ],
    ["an empty id", { audit_id: "" }, "audit_id must be a string that is not empty, got another string"],
    ["an id of another type", { audit_id: true }, "audit_id must be a string or an integer, got a boolean"],
    ["an id with a fraction", { audit_id: 1.5 }, "audit_id must be a string or an integer, got a number"],
    [
      "a field inside another",
      { approach: { use_rlm: true, transcript_mode: "all" } },
      'approach.transcript_mode must be "prompt" or "tools", got another string',
    ],
  ])("has path, expected and got: %s", (_what, fields, text) => {
    const sample = Object(definitionOf("audit.started")?.sample);
    expect(texts("audit.started", { ...sample, ...fields })).toEqual([text]);
  });

  it("of the whole payload has a path too", () => {
    const { audit_id: _a, fiche_id: _f, ...rest } = Object(definitionOf("audit.started")?.sample);
    expect(texts("audit.started", rest)).toEqual([
      "the payload must be an object with at least one of audit_id, fiche_id, got an object",
    ]);
  });

  it("never holds a value of the payload", () => {
    const secret = fc.string({ unit: fc.constantFrom("§", "¤"), minLength: 4 });
    const value = fc.oneof(secret, fc.array(secret), fc.dictionary(secret, secret));
    law(
      fc.property(fc.constantFrom(...eventNames), value, (name, secretValue) => {
        const fields = Object.keys(Object(definitionOf(name)?.sample));
        const data = Object.fromEntries(fields.map((field) => [field, secretValue]));
        expect(JSON.stringify(mismatchesOf(name, data))).not.toMatch(/[§¤]/);
      }),
    );
  });
});
