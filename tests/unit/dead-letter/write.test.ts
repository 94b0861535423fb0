import {
  type DeadLetterReason,
  MAX_MESSAGE_BYTES,
  messageBytes,
  REASON_ATTRIBUTE,
  type SqsAttribute,
  type SqsAttributes,
  writeDeadLetter,
} from "@realtime-gateway/dead-letter";
import { describe, expect, it } from "vitest";

const text = (StringValue: string): SqsAttribute => ({ DataType: "String", StringValue });
const many = (count: number): SqsAttributes =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, text("x")]));

const REASON: DeadLetterReason = {
  code: "invalid_event",
  detail: "the audit id is empty",
  event: "audit.progress",
  failedAtMs: Date.parse("2026-03-02T09:00:00.000Z"),
  receiveCount: 4,
  messageId: "m1",
};
const WHOLE = {
  code: "invalid_event",
  detail: "the audit id is empty",
  event: "audit.progress",
  failed_at: "2026-03-02T09:00:00.000Z",
  receive_count: 4,
  message_id: "m1",
};

const write = (attributes: SqsAttributes, reason = REASON, body = "{}") =>
  writeDeadLetter({ body, attributes }, reason);
const reasonOf = (written: ReturnType<typeof write>): unknown => {
  const value = written.attributes[REASON_ATTRIBUTE]?.StringValue;
  return value === undefined ? undefined : JSON.parse(value);
};
/** A body that leaves this many bytes for the attribute `realtime_gateway`, with its name and type. */
const bodyLeaving = (bytes: number): string => "x".repeat(MAX_MESSAGE_BYTES - bytes);
const FRAME_BYTES = "realtime_gateway".length + "String".length;

describe("a written dead letter", () => {
  it("has the original body and attributes, and the reason as JSON", () => {
    const written = write({ tenant: text("t1") }, REASON, " {} ");
    expect(written).toMatchObject({ body: " {} ", attributes: { tenant: text("t1") }, hasReason: true });
    expect(Object.keys(written.attributes)).toEqual(["tenant", REASON_ATTRIBUTE]);
    expect(reasonOf(written)).toEqual(WHOLE);
  });

  it("has no event if none could be read", () => {
    expect(reasonOf(write({}, { ...REASON, event: undefined }))).not.toHaveProperty("event");
  });

  it("keeps numbers, binary values and attributes with the names of the reason's members", () => {
    const attributes = {
      code: text("their own"),
      detail: text("their own"),
      event: text("their own"),
      number: { DataType: "Number.byte", StringValue: "7" },
      binary: { DataType: "Binary.png", BinaryValue: new Uint8Array([1, 2, 3]) },
      constructor: text("a name of Object.prototype"),
    };
    expect(write(attributes).attributes).toMatchObject(attributes);
  });

  it("replaces the old reason of a dead letter that was sent back to the queue", () => {
    const old = write({ tenant: text("t1") }, { ...REASON, code: "rejected_by_pusher", messageId: "m0" });
    expect(reasonOf(write(old.attributes))).toEqual(WHOLE);
  });

  it("keeps a producer's own attribute of the reserved name, and goes without a reason", () => {
    const attributes = { [REASON_ATTRIBUTE]: text("their own") };
    expect(write(attributes)).toEqual({ body: "{}", attributes, hasReason: false });
  });
});

describe("the reason of a dead letter", () => {
  it("fits beside nine attributes", () => expect(reasonOf(write(many(9)))).toEqual(WHOLE));

  it("is left out beside ten attributes", () => {
    expect(write(many(10))).toEqual({ body: "{}", attributes: many(10), hasReason: false });
  });

  const wholeBytes = FRAME_BYTES + JSON.stringify(WHOLE).length;

  it("is whole if it fits to the byte", () => {
    const written = write({}, REASON, bodyLeaving(wholeBytes));
    expect({ reason: reasonOf(written), bytes: messageBytes(written) }).toEqual({
      reason: WHOLE,
      bytes: MAX_MESSAGE_BYTES,
    });
  });

  it.each([
    [1, "the audit id is empt"],
    [20, "t"],
    [21, ""],
  ])("has a shorter detail if %i bytes are missing", (missing, detail) => {
    const written = write({}, REASON, bodyLeaving(wholeBytes - missing));
    expect({ reason: reasonOf(written), bytes: messageBytes(written) }).toEqual({
      reason: { ...WHOLE, detail },
      bytes: MAX_MESSAGE_BYTES,
    });
  });

  it("shortens its detail between characters, and counts bytes", () => {
    const detail = "🎧🎧";
    const bytes = FRAME_BYTES + JSON.stringify({ ...WHOLE, detail: "" }).length + 7;
    expect(reasonOf(write({}, { ...REASON, detail }, bodyLeaving(bytes)))).toEqual({ ...WHOLE, detail: "🎧" });
  });

  const codeBytes = FRAME_BYTES + '{"code":"invalid_event"}'.length;

  it.each([codeBytes, FRAME_BYTES + JSON.stringify({ ...WHOLE, detail: "" }).length - 1])(
    "is the code alone if there is room for no more: %i bytes",
    (bytes) => expect(reasonOf(write({}, REASON, bodyLeaving(bytes)))).toEqual({ code: "invalid_event" }),
  );

  it("is left out if not even the code fits", () => {
    const written = write({}, REASON, bodyLeaving(codeBytes - 1));
    expect({ hasReason: written.hasReason, names: Object.keys(written.attributes) }).toEqual({
      hasReason: false,
      names: [],
    });
  });

  /** The characters that SQS accepts (SendMessage API reference). */
  const IN_SQS = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

  it.each([
    ["a control character", "user.\u0000"],
    ["half a surrogate pair", "user.\ud83c"],
    ["a noncharacter", "user.\uffff\ufffe"],
    ["tabs and line breaks", "é🎧\t\n\r �"],
  ])("keeps an event name with %s, in characters that SQS accepts", (_what, event) => {
    const written = write({}, { ...REASON, event });
    expect(reasonOf(written)).toEqual({ ...WHOLE, event });
    expect(written.attributes[REASON_ATTRIBUTE]?.StringValue).toMatch(IN_SQS);
  });

  it("cuts an event name above 200 characters", () => {
    expect(reasonOf(write({}, { ...REASON, event: "x".repeat(201) }))).toEqual({ ...WHOLE, event: "x".repeat(200) });
  });
});

describe("the size of a message", () => {
  it("counts the body in bytes", () => expect(messageBytes({ body: "é", attributes: {} })).toBe(2));

  it("counts an attribute's name, type and value", () => {
    const attributes = { ab: text("cdé"), f: { DataType: "Binary", BinaryValue: new Uint8Array(7) } };
    expect(messageBytes({ body: "", attributes })).toBe(
      "ab".length + "String".length + "cd".length + 2 + "fBinary".length + 7,
    );
  });
});
