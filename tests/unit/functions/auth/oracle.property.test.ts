import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attempt } from "../../../support/arbitrary-subscriptions.ts";
import type { GatewayAnswer } from "../../../support/auth-function.ts";
import { type AuthWorld, dueAnswer, dueObjections, WORLDS } from "../../../support/auth-worlds.ts";

/** All worlds together check more than 100,000 combinations of socket, channel and token. */
const ALONE_RUNS = 2_000;
const AT_ONCE_RUNS = 500;
const MAX_AT_ONCE = 30;
const MIN_JUDGED = 100_000;

/** Expects the oracle's answer: the real signature if the oracle has no objection, otherwise the code of an objection. */
function isDue(
  world: AuthWorld,
  { socketId, token }: Attempt,
  channelName: string,
  { status, body }: GatewayAnswer,
): string {
  const due = dueObjections(world, token, { socketId, channelName });
  if (due.length === 0) {
    expect({ status, body }).toEqual({ status: 200, body: dueAnswer(world, token, { socketId, channelName }) });
    return "signed";
  }
  expect(due).toContain(body.code);
  expect(status).not.toBe(200);
  for (const secret of ["auth", "channel_data", "shared_secret"]) expect(body).not.toHaveProperty(secret);
  return String(body.code);
}

let judged = 0;

describe.each(WORLDS)("$name", (world) => {
  it("signs a subscription if and only if the oracle has no objection", async () => {
    const outcomes = new Map<string, number>();
    const judge = (attempt: Attempt, channelName: string, answer: GatewayAnswer): void => {
      const outcome = isDue(world, attempt, channelName, answer);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    };
    await fc.assert(
      fc.asyncProperty(world.attempts(1), async (attempt) => {
        const { socketId, channelNames, token } = attempt;
        for (const name of channelNames)
          judge(attempt, name, await world.asked.subscribe(socketId, name, world.headersOf(token)));
      }),
      { numRuns: ALONE_RUNS },
    );
    await fc.assert(
      fc.asyncProperty(world.attempts(MAX_AT_ONCE), async (attempt) => {
        const { socketId, channelNames, token } = attempt;
        const answers = await world.asked.subscribeEach(socketId, channelNames, world.headersOf(token));
        answers.forEach((answer, index) => {
          judge(attempt, channelNames[index] ?? "", answer);
        });
      }),
      { numRuns: AT_ONCE_RUNS },
    );
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining([...world.outcomes]));
    judged += [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  });
});

it("checks more than 100,000 subscriptions", () => {
  expect(judged).toBeGreaterThan(MIN_JUDGED);
});
