import { bundlePath } from "@realtime-gateway/functions/bundles";
import { createFunctionRunner } from "../../../packages/local/src/lambda/function-runner.ts";
import { apiEvent } from "../../../tests/support/api-event.ts";
import { authRequests } from "../auth/auth-requests.ts";
import type { Bench } from "../bench.ts";
import { type Contender, interleave } from "../measure/interleave.ts";
import { pusherSettings } from "../pusher-settings.ts";
import { startPusherEnd } from "../relay/pusher-end.ts";
import { batchesOf, twoChannelRecords } from "../relay/traffic.ts";
import { comparison } from "../report/comparison.ts";
import { ratioBetween, target } from "../report/target.ts";

const FLOOR = "a handler that does nothing (the floor)";
const OURS = ["our auth function", "our test-event function", "our relay"] as const;
const [AUTH, TEST_EVENT, RELAY] = OURS;

const ROUNDS = { quick: 5, full: 31 } as const;
const TIMEOUT_MS = 10_000;
/** As `infra` deploys them. */
const DEPLOYED = { NODE_OPTIONS: "--enable-source-maps" };

/** From the spawn of a process to its first answer, through the Lambda Runtime API. */
export const coldStartBench: Bench = async ({ effort, peerPath, progress }) => {
  const [authorization] = await authRequests({ body: "form", form: "private" }, 1);
  const [records] = batchesOf(twoChannelRecords(1), 1);
  const testEvent = apiEvent({ method: "POST", path: "/api/realtime/pusher/test" });
  const pusher = startPusherEnd("http");
  try {
    const { port } = await pusher.answerAfter(0);
    const contender = (name: string, path: string, event: unknown, env = {}): Contender<number> => ({
      name,
      measure: () => firstAnswerMs(path, event, { ...pusherSettings(port), ...env }),
    });
    const rounds = ROUNDS[effort];
    const trials = await interleave(
      [
        contender(FLOOR, peerPath("empty-handler"), authorization),
        contender(AUTH, bundlePath("auth"), authorization),
        contender(`${AUTH}, with source maps`, bundlePath("auth"), authorization, DEPLOYED),
        contender(TEST_EVENT, bundlePath("test-event"), testEvent),
        contender(RELAY, bundlePath("relay"), records),
        contender("`hono` + `zod` + `pusher`, authorization", peerPath("hono-auth"), authorization),
        contender("Express + `serverless-http` + `pusher`, authorization", peerPath("express-auth"), authorization),
        contender("Powertools' batch processor, a `trigger` per message", peerPath("powertools-relay"), records),
      ],
      rounds,
      (round) => progress(`cold start: round ${round} of ${rounds}`),
    );
    const targets = OURS.map((name) =>
      target({
        what: `cold start of ${name}: spawn to first answer, to an empty handler's`,
        measured: ratioBetween(trials, name, FLOOR, (ms) => ms),
        // The relay validates before its first call, which takes 4 ms once per cold start.
        atMost: name === RELAY ? 1.35 : 1.3,
      }),
    );
    const note =
      "From the spawn of a process to its first answer, through the Lambda Runtime API; a new process a round. The relay and the test event call a Pusher that answers at once.";
    return [comparison({ title: "Cold start", note, targets }, trials, [{ name: "ms", of: (ms) => ms }])];
  } finally {
    await pusher.stop();
  }
};

async function firstAnswerMs(path: string, event: unknown, env: Readonly<Record<string, string>>): Promise<number> {
  const startedAt = performance.now();
  const runner = createFunctionRunner({
    name: "cold-start",
    bundlePath: path,
    env,
    timeoutMs: TIMEOUT_MS,
    logFormat: "JSON",
    onLog: () => undefined,
  });
  try {
    const answer = await runner.invoke(event);
    if (!succeeded(answer)) throw new Error(`${path} did not answer as it should: ${JSON.stringify(answer)}`);
    return performance.now() - startedAt;
  } finally {
    await runner.stop();
  }
}

function succeeded(answer: unknown): boolean {
  const { statusCode, batchItemFailures }: { readonly statusCode?: unknown; readonly batchItemFailures?: unknown } =
    Object(answer);
  return statusCode === 200 || (Array.isArray(batchItemFailures) && batchItemFailures.length === 0);
}
