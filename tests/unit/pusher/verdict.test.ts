import { describe, expect, it } from "vitest";
import { verdict } from "../../../packages/pusher/src/verdict.ts";

const NOW_MS = Date.parse("2026-03-02T09:00:00Z");

const answered = (status: number, retryAfter?: string) => verdict({ answered: true, status, retryAfter }, NOW_MS);

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
  expect(verdict({ answered: false, reason: "ECONNREFUSED" }, NOW_MS)).toEqual({
    ok: false,
    code: "pusher_unavailable",
    detail: "ECONNREFUSED",
  });
});

describe("Retry-After", () => {
  it.each([
    ["2", 2000],
    ["0", 0],
    ["Mon, 02 Mar 2026 09:00:05 GMT", 5000],
    ["Mon, 02 Mar 2026 08:59:00 GMT", 0],
  ])("%s asks for a pause", (retryAfter, retryAfterMs) => {
    expect(answered(429, retryAfter)).toMatchObject({ retryAfterMs });
  });

  it.each(["", "soon", "-1", "1.5"])("%j asks for nothing", (retryAfter) => {
    expect(answered(503, retryAfter)).not.toHaveProperty("retryAfterMs");
  });
});
