import {
  type DeadLetterReason,
  MAX_ATTRIBUTES,
  MAX_MESSAGE_BYTES,
  messageBytes,
  REASON_ATTRIBUTE,
  readDeadLetter,
  type SqsAttribute,
  writeDeadLetter,
} from "@realtime-gateway/dead-letter";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../support/law.ts";

const RESERVED = ["code", "detail", "event", "failed_at", "receive_count", REASON_ATTRIBUTE, "constructor", "toString"];
const name = fc.oneof(fc.constantFrom(...RESERVED), fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/));
const attribute: fc.Arbitrary<SqsAttribute> = fc.oneof(
  fc.string({ minLength: 1, unit: "binary" }).map((StringValue) => ({ DataType: "String", StringValue })),
  fc.integer().map((n) => ({ DataType: "Number", StringValue: String(n) })),
  fc.uint8Array({ minLength: 1 }).map((BinaryValue) => ({ DataType: "Binary", BinaryValue })),
);
const attributes = fc.dictionary(name, attribute, { maxKeys: MAX_ATTRIBUTES, noNullPrototype: true });
const reason: fc.Arbitrary<DeadLetterReason> = fc.record({
  code: fc.constantFrom("invalid_json", "rejected_by_pusher"),
  detail: fc.string({ unit: "binary", maxLength: 300 }),
  event: fc.string({ unit: "binary", maxLength: 200 }),
  failedAtMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  receiveCount: fc.integer({ min: 1, max: 1_000 }),
  messageId: fc.uuid(),
});
const sent = { movedBySqs: false };

describe("a dead letter with 0 to 10 attributes of any names", () => {
  it("gives back the reason and exactly the producer's attributes", () => {
    law(
      fc.property(attributes, reason, (given, why) => {
        const written = writeDeadLetter({ body: "{}", attributes: given }, why);
        const hasRoom = Object.keys(given).length < MAX_ATTRIBUTES && !(REASON_ATTRIBUTE in given);
        expect(written.hasReason).toBe(hasRoom);
        expect(Object.keys(written.attributes).length).toBeLessThanOrEqual(MAX_ATTRIBUTES);
        expect(readDeadLetter(written.attributes, sent)).toEqual({
          reason: hasRoom ? why : undefined,
          attributes: given,
        });
      }),
      1000,
    );
  });

  it("is within 1 MiB whatever the size of its body, and keeps as much of the reason as fits", () => {
    law(
      fc.property(attributes, reason, fc.integer({ min: 0, max: 800 }), (given, why, room) => {
        const used = messageBytes({ body: "", attributes: given });
        const body = "x".repeat(MAX_MESSAGE_BYTES - used - room);
        const written = writeDeadLetter({ body, attributes: given }, why);
        expect(messageBytes(written)).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
        expect(written.body).toBe(body);
        const read = readDeadLetter(written.attributes, sent);
        expect(read.attributes).toEqual(given);
        if (!written.hasReason) return;
        expect(read.reason?.code).toBe(why.code);
        if (read.reason?.messageId === undefined) expect(read.reason).toEqual({ code: why.code });
        else expect(why.detail?.startsWith(read.reason.detail ?? "-")).toBe(true);
      }),
      100,
    );
  });

  it("has only its newest reason, however often it is sent back", () => {
    law(
      fc.property(attributes, fc.array(reason, { minLength: 1, maxLength: 4 }), (given, reasons) => {
        let current = { body: "{}", attributes: given };
        for (const why of reasons) current = { ...writeDeadLetter(current, why) };
        expect(current.attributes).toEqual(
          writeDeadLetter({ body: "{}", attributes: given }, reasons.at(-1) ?? { code: "" }).attributes,
        );
      }),
    );
  });
});
