import { describe, expect, it } from "vitest";
import { checkEvent } from "../../../../packages/local/src/send-events/check-event.ts";
import { relayConfig } from "../../../support/relay-run.ts";

const PROGRESS = { audit_id: "42", completed_steps: 3, total_steps: 5, failed_steps: 0, current_phase: "analysis" };
const check = (event: object, settings = {}) => checkEvent(JSON.stringify(event), { ...relayConfig, ...settings });

describe("a check of an event", () => {
  it.each([
    ["CloudEvents", { specversion: "1.0", id: "1", source: "/s", type: "audit.progress", data: PROGRESS }],
    ["type and data alone", { type: "audit.progress", data: PROGRESS }],
    ["the legacy envelope", { event: "audit.progress", data: PROGRESS }],
    ["EventBridge's form", { "detail-type": "audit.progress", detail: PROGRESS }],
    [
      "a notification of SNS",
      { Type: "Notification", Message: JSON.stringify({ event: "audit.progress", data: PROGRESS }) },
    ],
  ])("accepts every envelope of the relay: %s", (_what, event) => {
    expect(check(event)).toEqual({ event: "audit.progress", channels: ["private-audit-42"], warnings: [] });
  });

  it("warns about a name that the catalog does not list", () => {
    expect(check({ type: "audit.progres", data: PROGRESS })).toMatchObject({
      warnings: ["the catalog does not list audit.progres; did you mean audit.progress?"],
    });
  });

  it("warns about a field that does not match its schema", () => {
    expect(check({ type: "audit.progress", data: { ...PROGRESS, total_steps: "five" } })).toMatchObject({
      warnings: ["total_steps must be an integer, got a string"],
    });
  });

  it("warns about a payload that arrives truncated", () => {
    const { warnings } = Object(check({ type: "audit.progress", data: { ...PROGRESS, log: "x".repeat(9000) } }));
    expect(warnings).toEqual([
      expect.stringMatching(/^the payload of 9\d+ bytes passes the limit of 9000, so it arrives truncated$/),
    ]);
  });

  it("finds the problem for which strict validation rejects an event", () => {
    const event = { type: "audit.progress", data: { ...PROGRESS, total_steps: "five" } };
    expect(check(event, { validation: "strict" })).toEqual({
      code: "invalid_event",
      event: "audit.progress",
      detail: "the payload does not match its schema: total_steps must be an integer, got a string",
    });
  });

  it.each([
    ["no JSON", "{", "invalid_json"],
    ["no envelope", "{}", "unknown_envelope"],
    ["an unknown family", '{"type":"audt.progress","data":{}}', "unknown_event"],
    ["no id", '{"type":"audit.progress","data":{}}', "invalid_event"],
  ])("finds the problem for which the relay rejects an event: %s", (_what, body, code) => {
    expect(checkEvent(body, relayConfig)).toMatchObject({ code, detail: expect.any(String) });
  });
});
