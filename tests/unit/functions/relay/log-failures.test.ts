import { describe, expect, it } from "vitest";
import { logFailures } from "../../../../functions/relay/log-failures.ts";
import { failed, type Outcome } from "../../../../functions/relay/outcome.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const told = (...outcomes: Outcome[]) => {
  const { log, records } = recordedLog();
  logFailures(outcomes, log);
  return records;
};

describe("the messages that stay", () => {
  it("are told of once for each reason, with their number", () => {
    const away = failed("pusher_unavailable", "status 503");
    expect(told(away, failed("pusher_unavailable", "timeout"), away)).toEqual([
      { level: "warn", message: "messages_kept", code: "pusher_unavailable", detail: "status 503", messages: 2 },
      { level: "warn", message: "messages_kept", code: "pusher_unavailable", detail: "timeout", messages: 1 },
    ]);
  });

  it("for wrong credentials are told of loudly, with the settings to look at", () => {
    expect(told(...Array<Outcome>(9).fill(failed("pusher_misconfigured", "status 403")))).toEqual([
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
  ] as const)("for %s have a line of their own already", (code) => expect(told(failed(code, "why"))).toEqual([]));
});

it("nothing is told of what is acknowledged", () => {
  expect(
    told(
      { kind: "published" },
      { kind: "conflated" },
      { kind: "duplicate" },
      { kind: "expired" },
      { kind: "dead_lettered", code: "invalid_json" },
    ),
  ).toEqual([]);
});
