import { REASON_ATTRIBUTE } from "@realtime-gateway/dead-letter";
import { rejected } from "@realtime-gateway/events";
import type { SQSMessageAttribute, SQSRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { deadLetter, outgoing, type Rejection, type SendDeadLetter } from "../../../../functions/relay/dead-letters.ts";
import { fakeClock } from "../../../support/fake-clock.ts";
import { fakeDeadLetters, reasonOf } from "../../../support/fake-dead-letters.ts";
import { recordedLog } from "../../../support/recorded-log.ts";
import { fifoRecord, sqsRecord } from "../../../support/sqs-record.ts";

const END_MS = 10_000;
const NOT_JSON = rejected("invalid_json", "the body is not JSON");

const rejectionOf = (record: SQSRecord, reason = NOT_JSON): Rejection => ({
  message: { kind: "rejected", record, group: undefined, rejection: reason, outcome: undefined },
  reason,
});
const rejections = (count: number): Rejection[] =>
  Array.from({ length: count }, (_, n) => rejectionOf(sqsRecord(`m${n}`, "s3cr3t")));

/** Dead-letters so many messages with this sender, which uses the clock to be slow. */
async function run(
  all: readonly Rejection[],
  senderOn: (clock: ReturnType<typeof fakeClock>) => SendDeadLetter | undefined,
) {
  const clock = fakeClock();
  const { log, records: logged } = recordedLog();
  await clock.run(deadLetter(all, { ...clock, log, sendDeadLetter: senderOn(clock) }, END_MS));
  return { outcomes: all.map(({ message }) => message.outcome), logged, tookMs: clock.nowMs() };
}

/** A queue that takes its time. The timeout cuts it off, as in the real client. */
const taking =
  (ms: number, timeouts: number[] = []) =>
  (clock: ReturnType<typeof fakeClock>): SendDeadLetter =>
  async (_, timeoutMs) => {
    timeouts.push(timeoutMs);
    await clock.sleep(Math.min(ms, timeoutMs));
    if (ms > timeoutMs) throw new Error("timeout");
  };

describe("a rejected message", () => {
  it("is dead-lettered once the dead-letter queue has accepted it", async () => {
    const { outcomes } = await run(rejections(1), () => fakeDeadLetters().sendDeadLetter);
    expect(outcomes).toEqual([{ kind: "dead_lettered", code: "invalid_json" }]);
  });

  it.each([
    ["the dead-letter queue rejects it", fakeDeadLetters(() => true).sendDeadLetter],
    ["no dead-letter queue is set", undefined],
  ])("fails with its code if %s", async (_if, sender) => {
    const failure = { kind: "failed", code: "invalid_json", detail: "the body is not JSON" };
    expect((await run(rejections(1), () => sender)).outcomes).toEqual([failure]);
  });

  it("is logged as a warning when it is dead-lettered", async () => {
    expect((await run(rejections(1), () => fakeDeadLetters().sendDeadLetter)).logged).toEqual([
      {
        level: "warn",
        message: "message_dead_lettered",
        code: "invalid_json",
        detail: "the body is not JSON",
        message_id: "m0",
        receive_count: "1",
      },
    ]);
  });

  it("is dead-lettered without its reason if there is no room, and the log states it", async () => {
    const attribute: SQSMessageAttribute = { dataType: "String", stringValue: "x" };
    const messageAttributes = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`a${n}`, attribute]));
    const { sendDeadLetter, letters } = fakeDeadLetters();
    const full = rejectionOf({ ...sqsRecord("m0", "s3cr3t"), messageAttributes });
    const { outcomes, logged } = await run([full], () => sendDeadLetter);
    expect(outcomes).toEqual([{ kind: "dead_lettered", code: "invalid_json" }]);
    expect(Object.keys(letters[0]?.attributes ?? {})).toEqual(Object.keys(messageAttributes));
    expect(logged).toMatchObject([
      { level: "warn", message: "message_dead_lettered", dead_letter_error: "no_room_for_reason" },
    ]);
  });

  it("is logged as an error when it is not dead-lettered, with only the name of the error", async () => {
    const { logged } = await run(rejections(1), () => fakeDeadLetters(() => true).sendDeadLetter);
    expect(logged).toMatchObject([{ level: "error", message: "message_failed", dead_letter_error: "Error" }]);
    expect(JSON.stringify(logged)).not.toContain("s3cr3t");
  });

  it("has its own outcome, whatever the outcome of the others", async () => {
    const { sendDeadLetter } = fakeDeadLetters((deadLetter) => Object(reasonOf(deadLetter)).detail === "no");
    const two = [
      rejectionOf(sqsRecord("m0", "x"), rejected("invalid_event", "no")),
      rejectionOf(sqsRecord("m1", "x"), rejected("invalid_event", "yes")),
    ];
    const { outcomes } = await run(two, () => sendDeadLetter);
    expect(outcomes.map((outcome) => outcome?.kind)).toEqual(["failed", "dead_lettered"]);
  });
});

describe("the dead-letter queue", () => {
  it("receives ten requests at once", async () => {
    expect((await run(rejections(25), taking(100))).tookMs).toBe(300);
  });

  it("has five seconds for a message, because a FIFO queue's other messages need time too", async () => {
    const timeouts: number[] = [];
    await run(rejections(1), taking(100, timeouts));
    expect(timeouts).toEqual([5000]);
  });

  it("has no more than the time until the invocation must answer", async () => {
    const timeouts: number[] = [];
    await run(rejections(21), taking(4000, timeouts));
    expect(timeouts).toEqual([...Array(10).fill(5000), ...Array(10).fill(5000), 2000]);
  });

  it("does not delay the answer, however many messages there are", async () => {
    const { outcomes, tookMs } = await run(rejections(1000), taking(60_000));
    expect(outcomes.every((outcome) => outcome?.kind === "failed")).toBe(true);
    expect(tookMs).toBe(END_MS);
  });
});

describe("a dead letter", () => {
  const FAILED_AT_MS = Date.parse("2026-03-02T09:00:00Z");
  const reason = { ...rejected("invalid_event", "audit_id is empty"), event: "audit.progress" };

  it("has the body byte for byte, and the reason with the message's id and receive count", () => {
    const record = sqsRecord("m1", '{"a": 1.0 }\n');
    const fourth = { ...record, attributes: { ...record.attributes, ApproximateReceiveCount: "4" } };
    const deadLetter = outgoing(fourth, reason, FAILED_AT_MS);
    expect(deadLetter.body).toBe('{"a": 1.0 }\n');
    expect(reasonOf(deadLetter)).toEqual({
      code: "invalid_event",
      detail: "audit_id is empty",
      event: "audit.progress",
      failed_at: "2026-03-02T09:00:00.000Z",
      receive_count: 4,
      message_id: "m1",
    });
  });

  it("has all attributes of the message, and binary values as bytes", () => {
    const messageAttributes: SQSRecord["messageAttributes"] = {
      code: { dataType: "String", stringValue: "their own" },
      number: { dataType: "Number.byte", stringValue: "7" },
      binary: { dataType: "Binary.png", binaryValue: "iVBORw0KGgo=" },
    };
    const { attributes } = outgoing({ ...sqsRecord("m1", "x"), messageAttributes }, reason, FAILED_AT_MS);
    expect(attributes).toEqual({
      code: { DataType: "String", StringValue: "their own" },
      number: { DataType: "Number.byte", StringValue: "7" },
      binary: { DataType: "Binary.png", BinaryValue: Buffer.from("iVBORw0KGgo=", "base64") },
      [REASON_ATTRIBUTE]: expect.anything(),
    });
  });

  it("of a fair queue keeps its group, and has no deduplication id, which a standard queue rejects", () => {
    const record = sqsRecord("m1", "x");
    const tenant = { ...record, attributes: { ...record.attributes, MessageGroupId: "t1" } };
    const deadLetter = outgoing(tenant, reason, FAILED_AT_MS);
    expect(deadLetter).toMatchObject({ groupId: "t1" });
    expect(deadLetter).not.toHaveProperty("deduplicationId");
  });

  it("of a message without a group has none", () => {
    expect(outgoing(sqsRecord("m1", "x"), reason, FAILED_AT_MS)).not.toHaveProperty("groupId");
  });

  it("of a FIFO queue keeps its group, and the queue accepts it once in five minutes", () => {
    expect(outgoing(fifoRecord("m1", "x", "g7"), reason, FAILED_AT_MS)).toMatchObject({
      groupId: "g7",
      deduplicationId: "m1",
    });
  });
});
