import {
  type DeadLetterReason,
  REASON_ATTRIBUTE,
  readDeadLetter,
  type SqsAttribute,
  writeDeadLetter,
} from "@realtime-gateway/dead-letter";
import { describe, expect, it } from "vitest";

const text = (StringValue: string): SqsAttribute => ({ DataType: "String", StringValue });
const reasonAttribute = (json: string) => ({ [REASON_ATTRIBUTE]: text(json) });

const FORMER = {
  code: text("invalid_event"),
  detail: text("the audit id is empty"),
  event: text("audit.progress"),
  failed_at: text("2026-01-02T03:04:05.000Z"),
  receive_count: text("2"),
};

const numbered = (count: number): Record<string, SqsAttribute> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`own-${n}`, text("t")]));

const sent = { movedBySqs: false };
const moved = { movedBySqs: true };

describe("a dead letter that the relay sent", () => {
  const reason: DeadLetterReason = { code: "invalid_json", failedAtMs: 5_000, receiveCount: 2, messageId: "m1" };

  it("gives back the reason and the producer's attributes", () => {
    const { attributes } = writeDeadLetter({ body: "x", attributes: { tenant: text("t") } }, reason);
    expect(readDeadLetter(attributes, sent)).toEqual({ reason, attributes: { tenant: text("t") } });
  });

  it("may have a code alone", () => {
    expect(readDeadLetter(reasonAttribute('{"code":"invalid_json"}'), sent).reason).toEqual({ code: "invalid_json" });
  });

  it("has the reserved attribute as its reason, even beside attributes with the names of the former format", () => {
    const attributes = { ...FORMER, ...reasonAttribute('{"code":"unknown_event"}') };
    expect(readDeadLetter(attributes, sent)).toEqual({ reason: { code: "unknown_event" }, attributes: FORMER });
  });

  it("leaves out members of the wrong type", () => {
    const json = '{"code":"x","detail":1,"event":null,"failed_at":"yesterday","receive_count":"2","message_id":[]}';
    expect(readDeadLetter(reasonAttribute(json), sent).reason).toEqual({ code: "x" });
  });

  it.each(["", "their own", "null", "[]", "{}", '"code"', '{"code":1}'])(
    "has no reason if the producer wrote the attribute itself: %j",
    (value) => {
      const attributes = reasonAttribute(value);
      expect(readDeadLetter(attributes, sent)).toEqual({ reason: undefined, attributes });
    },
  );
});

describe("a dead letter in the former format", () => {
  it("gives back the reason and the producer's attributes", () => {
    expect(readDeadLetter({ ...FORMER, tenant: text("t") }, sent)).toEqual({
      reason: {
        code: "invalid_event",
        detail: "the audit id is empty",
        event: "audit.progress",
        failedAtMs: Date.parse("2026-01-02T03:04:05.000Z"),
        receiveCount: 2,
      },
      attributes: { tenant: text("t") },
    });
  });

  it("may have no event", () => {
    const { event: _, ...rest } = FORMER;
    expect(readDeadLetter(rest, sent).reason).not.toHaveProperty("event");
  });

  it.each([
    ["only some of the names", { code: text("x"), event: text("y") }],
    ["a time that is none", { ...FORMER, failed_at: text("yesterday") }],
    ["a count that is none", { ...FORMER, receive_count: text("many") }],
    ["ten attributes, which leave no room for a reason", { ...FORMER, ...numbered(5) }],
    ["the reserved attribute with a value of its own", { ...FORMER, ...reasonAttribute("their own") }],
    ["a binary code", { ...FORMER, code: { DataType: "Binary", BinaryValue: new Uint8Array(1) } }],
  ])("is a producer's message if it has %s", (_what, attributes) => {
    expect(readDeadLetter(attributes, sent)).toEqual({ reason: undefined, attributes });
  });
});

describe("a message that SQS moved itself", () => {
  it("loses the old reason of an earlier dead letter", () => {
    const attributes = { ...reasonAttribute('{"code":"invalid_json","message_id":"m0"}'), tenant: text("t") };
    expect(readDeadLetter(attributes, moved)).toEqual({ reason: undefined, attributes: { tenant: text("t") } });
  });

  it("keeps all attributes of its producer", () => {
    expect(readDeadLetter(FORMER, moved)).toEqual({ reason: undefined, attributes: FORMER });
  });
});
