import { describe, expect, it } from "vitest";
import { failed, type MessageOutcome } from "../../../../functions/relay/message.ts";
import { logFailures, MAX_MESSAGE_IDS, messageIdsOf } from "../../../../functions/relay/report.ts";
import { recordedLog } from "../../../support/recorded-log.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

/** Messages `m0`, `m1` … with these outcomes. */
const messagesWith = (outcomes: readonly (MessageOutcome | undefined)[]) =>
  outcomes.map((outcome, n) => ({ record: sqsRecord(`m${n}`, "s3cr3t"), outcome }));

const logged = (...outcomes: MessageOutcome[]) => {
  const { log, records } = recordedLog();
  logFailures(messagesWith(outcomes), log);
  return records;
};

describe("the log of failed messages", () => {
  it("has one log record for each reason, with the number of messages", () => {
    const away = failed("pusher_unavailable", "status 503");
    expect(logged(away, failed("pusher_unavailable", "timeout"), away)).toEqual([
      {
        level: "warn",
        message: "messages_kept",
        code: "pusher_unavailable",
        detail: "status 503",
        messages: 2,
        message_ids: ["m0", "m2"],
      },
      {
        level: "warn",
        message: "messages_kept",
        code: "pusher_unavailable",
        detail: "timeout",
        messages: 1,
        message_ids: ["m1"],
      },
    ]);
  });

  it("has an error with the settings to check if the credentials are wrong", () => {
    expect(logged(...Array<MessageOutcome>(9).fill(failed("pusher_misconfigured", "status 403")))).toEqual([
      {
        level: "error",
        message: "pusher_misconfigured",
        code: "pusher_misconfigured",
        detail: "status 403",
        messages: 9,
        message_ids: Array.from({ length: 9 }, (_, n) => `m${n}`),
        check: expect.stringMatching(/PUSHER_APP_ID.*PUSHER_KEY.*PUSHER_SECRET.*PUSHER_CLUSTER.*PUSHER_HOST/),
      },
    ]);
  });

  it.each([
    [MAX_MESSAGE_IDS, MAX_MESSAGE_IDS],
    [MAX_MESSAGE_IDS + 1, MAX_MESSAGE_IDS],
    [5_000, MAX_MESSAGE_IDS],
  ])("counts %i messages of one reason, and names %i", (messages, named) => {
    const [record] = logged(...Array<MessageOutcome>(messages).fill(failed("deadline", "late")));
    expect(record).toMatchObject({ messages, message_ids: Array.from({ length: named }, (_, n) => `m${n}`) });
  });

  it.each([
    "invalid_json",
    "unknown_envelope",
    "unknown_event",
    "invalid_event",
    "rejected_by_pusher",
    "internal_error",
  ] as const)("leaves out %s, which has a log record for each message", (code) =>
    expect(logged(failed(code, "why"))).toEqual([]),
  );
});

it("acknowledged messages are not logged as failures", () => {
  expect(
    logged(
      { kind: "published" },
      { kind: "conflated" },
      { kind: "duplicate" },
      { kind: "expired" },
      { kind: "dead_lettered", code: "invalid_json" },
    ),
  ).toEqual([]);
});

describe("the ids in the log record of an invocation", () => {
  it("are grouped by the outcome of their messages", () => {
    const outcomes = [
      { kind: "published" },
      failed("deadline", "late"),
      { kind: "dead_lettered", code: "invalid_json" },
      { kind: "conflated" },
      { kind: "duplicate" },
      { kind: "expired" },
      { kind: "published" },
    ] as const;
    expect(messageIdsOf(messagesWith(outcomes))).toEqual({
      published: ["m0", "m6"],
      failed: ["m1"],
      rejected: ["m2"],
      conflated: ["m3"],
      duplicate: ["m4"],
      expired: ["m5"],
    });
  });

  it("include a message without an outcome, which SQS gets back", () =>
    expect(messageIdsOf(messagesWith([undefined]))).toEqual({ failed: ["m0"] }));

  it.each([MAX_MESSAGE_IDS, MAX_MESSAGE_IDS + 1, 5_000])("are bounded for %i messages", (messages) => {
    const { published } = messageIdsOf(messagesWith(Array<MessageOutcome>(messages).fill({ kind: "published" })));
    expect(published).toEqual(Array.from({ length: MAX_MESSAGE_IDS }, (_, n) => `m${n}`));
  });
});
