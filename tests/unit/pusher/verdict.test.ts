import { describe, expect, it } from "vitest";
import { verdict } from "../../../packages/pusher/src/verdict.ts";

const answered = (status: number) => verdict({ answered: true, status, retryAfter: undefined });

describe("an answer of Pusher", () => {
  it.each([200, 201, 202, 204])("with status %i means published", (status) => {
    expect(answered(status)).toEqual({ ok: true });
  });

  it.each([
    [400, "rejected_by_pusher"],
    [413, "rejected_by_pusher"],
    [401, "pusher_misconfigured"],
    [403, "pusher_misconfigured"],
    [404, "pusher_misconfigured"],
    [429, "pusher_rate_limited"],
    [408, "pusher_unavailable"],
    [500, "pusher_unavailable"],
    [502, "pusher_unavailable"],
    [503, "pusher_unavailable"],
    [504, "pusher_unavailable"],
    [0, "pusher_unavailable"],
    [301, "pusher_unavailable"],
    [418, "pusher_unavailable"],
  ])("with status %i means %s", (status, code) => {
    expect(answered(status)).toEqual({ ok: false, code, detail: `status ${status}` });
  });
});

it("calls Pusher unavailable where there is no answer, with the network's reason", () => {
  expect(verdict({ answered: false, reason: "ECONNREFUSED" })).toEqual({
    ok: false,
    code: "pusher_unavailable",
    detail: "ECONNREFUSED",
  });
});
