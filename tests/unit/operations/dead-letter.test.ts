import { REASON_ATTRIBUTE } from "@realtime-gateway/dead-letter";
import { rejected } from "@realtime-gateway/events";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outgoing } from "../../../functions/relay/dead-letters.ts";
import { codeOf, eventOf, failedAtMs, parseDeadLetter } from "../../../packages/operations/src/dead-letter.ts";
import { copyOf } from "../../../packages/operations/src/redriven-copy.ts";
import { FAILED_AT, reason, sqsMessage, string } from "../../support/dead-letters.ts";
import { law } from "../../support/law.ts";
import { sqsRecord } from "../../support/sqs-record.ts";

const REASON = {
  code: "invalid_event",
  detail: "audit_id: missing",
  event: "audit.progress",
  failed_at: FAILED_AT,
  receive_count: 2,
  message_id: "m1",
};
const current = { [REASON_ATTRIBUTE]: string(JSON.stringify(REASON)) };

describe.each([
  ["in the relay's format", current],
  ["in the former format of the relay", reason()],
])("a dead letter %s", (_format, attributes) => {
  const letter = parseDeadLetter(sqsMessage({ MessageAttributes: { ...attributes, trace: string("t") } }));

  it("has the reason", () => {
    expect(letter.failure).toMatchObject({
      code: "invalid_event",
      detail: "audit_id: missing",
      event: "audit.progress",
      failedAtMs: Date.parse(FAILED_AT),
      receiveCount: 2,
    });
  });

  it("has the attributes of the original message", () => expect(letter.attributes).toEqual({ trace: string("t") }));
});

describe("a dead letter of the relay", () => {
  it("can have no event", () => {
    const { event: _, ...rest } = REASON;
    const MessageAttributes = { [REASON_ATTRIBUTE]: string(JSON.stringify(rest)) };
    expect(eventOf(parseDeadLetter(sqsMessage({ MessageAttributes })))).toBe("-");
  });

  it("can have a code alone, and then has the age of its sending", () => {
    const MessageAttributes = { [REASON_ATTRIBUTE]: string('{"code":"invalid_json"}') };
    const letter = parseDeadLetter(sqsMessage({ MessageAttributes }));
    expect([codeOf(letter), eventOf(letter), failedAtMs(letter)]).toEqual(["invalid_json", "-", 1_000]);
  });

  it("is listed with its code and redriven with the original attributes, whatever their names and number", () => {
    const name = fc.oneof(
      fc.constantFrom("code", "detail", "event", "failed_at", "receive_count"),
      fc.stringMatching(/^[a-z_]{1,8}$/),
    );
    const attributes = fc.dictionary(name, fc.string({ minLength: 1 }), { maxKeys: 10, noNullPrototype: true });
    law(
      fc.property(attributes, (given) => {
        const messageAttributes = Object.fromEntries(
          Object.entries(given).map(([key, stringValue]) => [key, { dataType: "String" as const, stringValue }]),
        );
        const sent = outgoing({ ...sqsRecord("m1", " {} "), messageAttributes }, rejected("invalid_event", "why"), 0);
        const MessageAttributes = Object.fromEntries(
          Object.entries(sent.attributes).map(([key, value]) => [key, { DataType: "String", ...value }]),
        );
        const letter = parseDeadLetter(sqsMessage({ Body: sent.body, MessageAttributes }));
        expect(codeOf(letter)).toBe(Object.keys(given).length < 10 ? "invalid_event" : "-");
        expect(copyOf(letter, false)).toEqual({
          body: " {} ",
          attributes: Object.fromEntries(Object.entries(given).map(([key, value]) => [key, string(value)])),
        });
      }),
    );
  });
});

describe("a message that SQS moved itself", () => {
  it("has an unknown code and event", () => {
    const letter = parseDeadLetter(sqsMessage());
    expect([codeOf(letter), eventOf(letter)]).toEqual(["-", "-"]);
  });

  it("has the age of its sending", () => {
    expect(failedAtMs(parseDeadLetter(sqsMessage()))).toBe(1_000);
  });

  it("loses the reason of an earlier dead letter", () => {
    const Attributes = { SentTimestamp: "1000", DeadLetterQueueSourceArn: "arn:aws:sqs:eu-west-3:1:domain-events" };
    const letter = parseDeadLetter(sqsMessage({ MessageAttributes: { ...current, trace: string("t") }, Attributes }));
    expect(codeOf(letter)).toBe("-");
    expect(letter.attributes).toEqual({ trace: string("t") });
  });

  it.each([
    ["some of the relay's names", { code: string("x"), event: string("y") }],
    ["a time that is none", { ...reason(), failed_at: string("yesterday") }],
    ["a count that is none", { ...reason(), receive_count: string("many") }],
    ["binary values", { ...reason(), code: { DataType: "Binary", BinaryValue: Buffer.from("x") } }],
  ])("keeps its own attributes, even with %s", (_what, MessageAttributes) => {
    expect(parseDeadLetter(sqsMessage({ MessageAttributes }))).toMatchObject({ attributes: MessageAttributes });
  });
});

it("a message keeps its group", () => {
  expect(parseDeadLetter(sqsMessage({ Attributes: { MessageGroupId: "g" } })).groupId).toBe("g");
});
