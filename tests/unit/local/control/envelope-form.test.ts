import { describe, expect, it } from "vitest";
import { envelopeForm } from "../../../../packages/local/src/control/envelope-form.ts";

const inSns = (depth: number): string => `${'{"Type":"Notification","Message":'.repeat(depth)}1${"}".repeat(depth)}`;

describe("the form of an envelope", () => {
  it.each([
    ['{"Type":"Notification","Message":"{\\"specversion\\":\\"1.0\\"}"}', "CloudEvents 1.0 inside SNS"],
    ['{"Type":"Notification","Message":{"event":"audit.started"}}', "legacy webhook inside SNS"],
    ['{"detail-type":"audit.started","detail":{"specversion":"1.0"}}', "CloudEvents 1.0 inside EventBridge"],
    ['{"detail-type":"audit.started","detail":{"audit_id":"42"}}', "EventBridge"],
    [
      '{"Type":"Notification","Message":{"detail-type":"a","detail":{"event":"a"}}}',
      "legacy webhook inside EventBridge inside SNS",
    ],
  ])("of %s is %s", (body, form) => {
    expect(envelopeForm(body)).toBe(form);
  });

  it("has at most the two wrappers that the relay opens", () => {
    expect(envelopeForm(inSns(30_000))).toBe("no envelope inside SNS inside SNS");
  });
});
