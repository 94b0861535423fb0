import { LOCAL_APP } from "@realtime-gateway/local";
import { expect, it } from "vitest";
import { leaksIn } from "../../support/fault-leaks.ts";
import { eventsOf } from "../../support/fault-messages.ts";

const env = { PUSHER_SECRET: LOCAL_APP.secret };

// The other tests fail if a log line leaks. These tests prove that they recognise a leak.
it.each([
  ["the app's secret", `{"secret":"${LOCAL_APP.secret}"}`],
  ["a signed URL", "POST /apps/1000/batch_events?auth_key=local-key&auth_signature=…"],
  ["a signature alone", `Invalid signature "${"0f".repeat(32)}"`],
  ["a payload", eventsOf("a", 1)[0]?.body ?? ""],
])("%s in a log line is a leak", (_what, line) => {
  expect(leaksIn([line], env)).toEqual([line]);
});

it("an ordinary log line is not a leak", () => {
  const line = `{"level":"WARN","message":{"message":"messages_kept","code":"pusher_unavailable","messages":10}}`;
  expect(leaksIn([line], env)).toEqual([]);
});
