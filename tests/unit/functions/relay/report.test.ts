import { describe, expect, it } from "vitest";
import { failed, type MessageOutcome } from "../../../../functions/relay/message.ts";
import { logFailures } from "../../../../functions/relay/report.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const logged = (...outcomes: MessageOutcome[]) => {
  const { log, records } = recordedLog();
  logFailures(outcomes, log);
  return records;
};

describe("the log of failed messages", () => {
  it("has one log record for each reason, with the number of messages", () => {
    const away = failed("pusher_unavailable", "status 503");
    expect(logged(away, failed("pusher_unavailable", "timeout"), away)).toEqual([
      { level: "warn", message: "messages_kept", code: "pusher_unavailable", detail: "status 503", messages: 2 },
      { level: "warn", message: "messages_kept", code: "pusher_unavailable", detail: "timeout", messages: 1 },
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
        check: expect.stringMatching(/PUSHER_APP_ID.*PUSHER_KEY.*PUSHER_SECRET.*PUSHER_CLUSTER.*PUSHER_HOST/),
      },
    ]);
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
