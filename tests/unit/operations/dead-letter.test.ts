import { describe, expect, it } from "vitest";
import { codeOf, eventOf, failedAtMs, parseDeadLetter } from "../../../packages/operations/src/dead-letter.ts";
import { FAILED_AT, reason, sqsMessage, string } from "../../support/dead-letters.ts";

describe("a dead letter of the relay's", () => {
  const letter = parseDeadLetter(sqsMessage({ MessageAttributes: { ...reason(), trace: string("t") } }));

  it("says why the message failed", () => {
    expect(letter.failure).toEqual({
      code: "invalid_event",
      detail: "audit_id: missing",
      event: "audit.progress",
      failedAtMs: Date.parse(FAILED_AT),
      receiveCount: 2,
    });
  });

  it("keeps the attributes the message had", () => {
    expect(letter.attributes).toEqual({ trace: string("t") });
  });

  it("may have no event", () => {
    const { event: _, ...rest } = reason();
    expect(eventOf(parseDeadLetter(sqsMessage({ MessageAttributes: rest })))).toBe("-");
  });
});

describe("a message that SQS moved", () => {
  it("has an unknown code and event", () => {
    const letter = parseDeadLetter(sqsMessage());
    expect([codeOf(letter), eventOf(letter)]).toEqual(["-", "-"]);
  });

  it("has the age of its sending", () => {
    expect(failedAtMs(parseDeadLetter(sqsMessage()))).toBe(1_000);
  });

  it.each([
    ["some of the relay's names", { code: string("x"), event: string("y") }],
    ["a time that is none", { ...reason(), failed_at: string("yesterday") }],
    ["a count that is none", { ...reason(), receive_count: string("many") }],
    ["binary values", { ...reason(), code: { DataType: "Binary", BinaryValue: Buffer.from("x") } }],
  ])("keeps its own attributes, though they have %s", (_what, MessageAttributes) => {
    expect(parseDeadLetter(sqsMessage({ MessageAttributes }))).toMatchObject({ attributes: MessageAttributes });
  });
});

it("a message keeps its group", () => {
  expect(parseDeadLetter(sqsMessage({ Attributes: { MessageGroupId: "g" } })).groupId).toBe("g");
});
