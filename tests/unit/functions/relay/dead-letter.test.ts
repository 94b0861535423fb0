import { rejected } from "@realtime-gateway/events";
import type { SQSMessageAttribute, SQSRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { deadLetterOf } from "../../../../functions/relay/dead-letter.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

const FAILED_AT = new Date("2026-03-02T09:00:00Z");
const rejection = { ...rejected("invalid_event", "audit_id is empty"), event: "audit.progress" };
const text = (stringValue: string): SQSMessageAttribute => ({ dataType: "String", stringValue });
const record = (messageAttributes: SQSRecord["messageAttributes"]): SQSRecord => ({
  ...sqsRecord("m1", "the body"),
  messageAttributes,
});
const attributesOf = (of: SQSRecord, reason: Parameters<typeof deadLetterOf>[1] = rejection) =>
  Object(deadLetterOf(of, reason, FAILED_AT)).attributes;

describe("a dead letter", () => {
  it("has the record's body as it came", () => {
    expect(deadLetterOf(sqsRecord("m1", '{"a": 1.0 }\n'), rejection, FAILED_AT)?.body).toBe('{"a": 1.0 }\n');
  });

  it("says why, of which event, when, and how often it came", () => {
    const fourth = { ...record({}), attributes: { ...record({}).attributes, ApproximateReceiveCount: "4" } };
    expect(attributesOf(fourth)).toEqual({
      code: text("invalid_event"),
      detail: text("audit_id is empty"),
      event: text("audit.progress"),
      failed_at: text("2026-03-02T09:00:00.000Z"),
      receive_count: text("4"),
    });
  });

  it("names no event where none could be read", () => {
    expect(attributesOf(record({}), rejected("invalid_json", "the body is not JSON"))).not.toHaveProperty("event");
  });

  it("keeps the attributes it came with", () => {
    const number: SQSMessageAttribute = { dataType: "Number.byte", stringValue: "7" };
    const binary: SQSMessageAttribute = { dataType: "Binary.png", binaryValue: "iVBORw0KGgo=" };
    const attributes = { tenant: text("t1"), number, binary, constructor: text("own, by name") };
    expect(attributesOf(record(attributes))).toMatchObject(attributes);
  });

  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, text("x")]));

  it.each([
    [5, ["code", "detail", "event", "failed_at", "receive_count"]],
    [6, ["code", "detail", "event", "failed_at"]],
    [9, ["code"]],
  ])(
    "has all of the %i attributes it came with, and of its reason what the ten of SQS have room for",
    (count, ours) => {
      expect(Object.keys(attributesOf(record(many(count))))).toEqual([...ours, ...Object.keys(many(count))]);
    },
  );

  it("is not written where its reason has no room: SQS's own redrive loses nothing", () => {
    expect(deadLetterOf(record(many(10)), rejection, FAILED_AT)).toBeUndefined();
  });

  it("says its own reason where the record came with one, as a dead letter that was sent back does", () => {
    expect(attributesOf(record({ code: text("rejected_by_pusher") }))).toMatchObject({ code: text("invalid_event") });
  });

  it.each([
    ["a control character", "user.\u0000", "user.?"],
    ["half a surrogate pair", "user.\ud83c", "user.?"],
    ["a non-character", "user.\uffff", "user.?"],
    ["two hundred characters", "x".repeat(200), "x".repeat(200)],
    ["more: it is cut", "x".repeat(201), "x".repeat(200)],
    ["a pair that the cut would halve", `${"x".repeat(199)}🎧`, `${"x".repeat(199)}?`],
    ["what SQS takes", "é🎧\t\n\r �", "é🎧\t\n\r �"],
  ])("writes an event's name so that SQS takes it: %s", (_what, event, written) => {
    expect(attributesOf(record({}), { ...rejection, event })).toMatchObject({ event: text(written) });
  });

  it("of a standard queue has no group", () => {
    const tenant = { ...record({}), attributes: { ...record({}).attributes, MessageGroupId: "t1" } };
    expect(deadLetterOf(tenant, rejection, FAILED_AT)).not.toHaveProperty("fifo");
  });

  it("of a FIFO queue stays in its group, and is taken once in five minutes", () => {
    expect(deadLetterOf(fifoRecord("m1", "x", "g7"), rejection, FAILED_AT)?.fifo).toEqual({
      groupId: "g7",
      deduplicationId: "m1",
    });
  });
});
