import { eventNames } from "@realtime-gateway/events";
import { eventSchema } from "@realtime-gateway/events/event-schema";
import { describe, expect, it } from "vitest";
import { formFields, inputText, memberText } from "../../../packages/console/src/model/form-fields.ts";

const fieldOf = (event: (typeof eventNames)[number], name: string) =>
  formFields(eventSchema(event)).find((field) => field.name === name);

describe("the form of an event", () => {
  it.each([
    ["notification", "message", { kind: "text", required: true }],
    ["notification", "description", { kind: "text", required: false }],
    ["notification", "duration", { kind: "number", required: false, hint: "number" }],
    ["notification", "type", { kind: "choice", options: ["success", "error", "info", "warning"] }],
    ["audit.progress", "total_steps", { kind: "number", required: true, hint: "whole number" }],
    ["audit.completed", "is_compliant", { kind: "flag" }],
    ["audit.completed", "completed_at", { kind: "text", hint: "date and time" }],
    ["audit.progress", "approach", { kind: "json", hint: "JSON object" }],
    ["fiches.progressive_fetch.progress", "datesFailed", { kind: "json", hint: "JSON list" }],
    ["fiches.progressive_fetch.progress", "latestDate", { hint: "day" }],
  ] as const)("has a fitting input: %s, %s", (event, name, expected) => {
    expect(fieldOf(event, name)).toMatchObject(expected);
  });

  it("has the fields of every variant, and requires those that all variants require", () => {
    expect(fieldOf("audit.step_completed", "status")).toMatchObject({ options: ["completed", "rerun_completed"] });
    expect(fieldOf("audit.step_completed", "rerun_id")).toMatchObject({ required: false });
    expect(fieldOf("audit.step_completed", "step_position")).toMatchObject({ required: true });
  });

  it.each(eventNames)("has a field for each documented member: %s", (event) => {
    expect(formFields(eventSchema(event)).length).toBeGreaterThan(1);
  });

  it.each([
    ["text", '"42"', "42"],
    ["text", "42", "42"],
    ["text", undefined, ""],
    ["text", "null", ""],
    ["choice", '"info"', "info"],
    ["number", "1.50", "1.50"],
    ["json", '["a"]', '["a"]'],
    ["json", '"a"', '"a"'],
  ] as const)("shows a %s of %s as %j", (kind, value, expected) => {
    expect(inputText({ kind }, value)).toBe(expected);
  });

  it.each([
    ["text", "42", '"42"'],
    ["text", "", undefined],
    ["number", " 9007199254740993 ", "9007199254740993"],
    ["number", "many", '"many"'],
    ["flag", "true", "true"],
    ["json", "[1,", '"[1,"'],
    ["json", "[1]", "[1]"],
  ] as const)("reads %s input %j as %s", (kind, input, expected) => {
    expect(memberText({ kind }, input)).toBe(expected);
  });
});
