import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAuthorizer } from "../../../packages/client/src/authorize.ts";
import { createProblems, type RealtimeProblem } from "../../../packages/client/src/problems.ts";
import { FakePusher } from "../../../packages/client/src/testing/fake-pusher.ts";

const AUDIT = "private-audit-42";
const TIMEOUT_MS = 10_000;
const nothing = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async () => Response.json({ [AUDIT]: { status: 200, data: { auth: "signed" } } }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Asks for one channel, after the connection. */
async function authorizeAudit(getToken: () => Promise<string>) {
  const pusher = new FakePusher();
  const problems: RealtimeProblem[] = [];
  const { channelAuthorization } = createAuthorizer(
    { url: "https://gateway.example", getToken },
    {
      ...createProblems((problem) => problems.push(problem)),
      subscriptions: new Map(),
      jitterMs: 0,
      pusher: () => pusher,
      listen: () => nothing,
      update: nothing,
      endSignIns: nothing,
    },
  );
  await vi.advanceTimersByTimeAsync(0);
  const answered = vi.fn();
  channelAuthorization?.customHandler({ socketId: pusher.connection.socket_id, channelName: AUDIT }, answered);
  return { problems, answered };
}

describe("the authorization", () => {
  it("is a problem if the token does not arrive within 10 s, and is tried again", async () => {
    const getToken = vi.fn(async () => "token").mockReturnValueOnce(new Promise(nothing));
    const { problems, answered } = await authorizeAudit(getToken);
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS - 1);
    expect(problems).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(problems).toMatchObject([{ code: "auth_unreachable", detail: "getToken took too long", retryable: true }]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(answered.mock.calls).toEqual([[null, { auth: "signed" }]]);
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
    expect(problems).toHaveLength(1);
  });
});
