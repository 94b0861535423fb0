import { describe, expect, it } from "vitest";
import { classify } from "../../../packages/pusher/src/classify.ts";

const NOW_MS = Date.parse("2026-03-02T09:00:00Z");

const answered = (status: number, { retryAfter, errorBody = "" }: { retryAfter?: string; errorBody?: string } = {}) =>
  classify({ answered: true, status, retryAfter, errorBody }, NOW_MS);

describe("an answer from Pusher", () => {
  it.each([200, 201, 202, 204])("with status %i means published", (status) => {
    expect(answered(status)).toEqual({ ok: true });
  });

  it.each([
    [400, "rejected_by_pusher"],
    [413, "rejected_by_pusher"],
    [422, "rejected_by_pusher"],
    [401, "pusher_misconfigured"],
    [403, "pusher_misconfigured"],
    [404, "pusher_misconfigured"],
    [301, "pusher_misconfigured"],
    [302, "pusher_misconfigured"],
    [307, "pusher_misconfigured"],
    [308, "pusher_misconfigured"],
    [405, "pusher_misconfigured"],
    [429, "pusher_rate_limited"],
    [408, "pusher_unavailable"],
    [500, "pusher_unavailable"],
    [502, "pusher_unavailable"],
    [503, "pusher_unavailable"],
    [504, "pusher_unavailable"],
    [0, "pusher_unavailable"],
    [303, "pusher_unavailable"],
    [418, "pusher_unavailable"],
  ])("with status %i means %s", (status, code) => {
    expect(answered(status)).toEqual({ ok: false, code, status, detail: `status ${status}` });
  });

  it.each([
    [403, "The app is over its quota", "status 403: The app is over its quota"],
    [401, "Unknown auth_key\n", "status 401: Unknown auth_key"],
    [400, '{"error":"Invalid channel"}', 'status 400: {"error":"Invalid channel"}'],
    [503, "{}", "status 503"],
    [302, '<a href="https://eu.example/apps/1?auth_key=k">Found</a>', 'status 302: <a href="…">Found</a>'],
  ])("with status %i and the body %j has the detail %j", (status, errorBody, detail) => {
    expect(answered(status, { errorBody })).toMatchObject({ status, detail });
  });
});

describe("a request without an answer", () => {
  it.each([
    ["ENOTFOUND", "pusher_misconfigured"],
    ["EAI_AGAIN", "pusher_unavailable"],
    ["ECONNREFUSED", "pusher_unavailable"],
    ["ECONNRESET", "pusher_unavailable"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "pusher_unavailable"],
    ["timeout", "pusher_unavailable"],
  ])("because of %s means %s, and has no status", (reason, code) => {
    expect(classify({ answered: false, reason }, NOW_MS)).toEqual({ ok: false, code, detail: reason });
  });
});

describe("Retry-After", () => {
  it.each([
    ["2", 2000],
    ["0", 0],
    ["Mon, 02 Mar 2026 09:00:05 GMT", 5000],
    ["Mon, 02 Mar 2026 08:59:00 GMT", 0],
  ])("sets the pause for the value %s", (retryAfter, retryAfterMs) => {
    expect(answered(429, { retryAfter })).toMatchObject({ retryAfterMs });
  });

  it.each(["", "soon", "-1", "1.5"])("is ignored with the value %j", (retryAfter) => {
    expect(answered(503, { retryAfter })).not.toHaveProperty("retryAfterMs");
  });
});
