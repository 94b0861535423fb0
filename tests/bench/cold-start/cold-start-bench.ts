import { bundlePath } from "@realtime-gateway/functions/build";
import { createFunctionRunner } from "../../../packages/local/src/function-runner.ts";
import { authRequests } from "../auth/auth-requests.ts";
import type { Bench } from "../bench.ts";
import { type Contender, interleave } from "../measure/interleave.ts";
import { pusherSettings, UNUSED_PORT } from "../pusher-settings.ts";
import { comparison } from "../report/comparison.ts";
import { ratioBetween, target } from "../report/target.ts";

const FLOOR = "a handler that does nothing (the floor)";
const OURS = "our auth function";

const ROUNDS = { quick: 5, full: 31 } as const;
const TIMEOUT_MS = 10_000;

/** From the spawn of a process to its first answer, through the Lambda Runtime API. */
export const coldStartBench: Bench = async ({ effort, peerPath, progress }) => {
  const [event] = await authRequests({ body: "form", form: "private" }, 1);
  const contender = (name: string, path: string): Contender<number> => ({
    name,
    measure: () => firstAnswerMs(path, event),
  });
  const rounds = ROUNDS[effort];
  const trials = await interleave(
    [
      contender(FLOOR, peerPath("empty-handler")),
      contender(OURS, bundlePath("auth")),
      contender("`hono` + `zod` + `pusher`", peerPath("hono-auth")),
      contender("Express + `serverless-http` + `pusher`", peerPath("express-auth")),
    ],
    rounds,
    (round) => progress(`cold start: round ${round} of ${rounds}`),
  );
  return [
    comparison(
      {
        title: "Cold start of authorization",
        note: "From the spawn of a process to its first answer, through the Lambda Runtime API; a new process a round.",
        targets: [
          target({
            what: "cold start: spawn to first answer, to an empty handler's",
            measured: ratioBetween(trials, OURS, FLOOR, (ms) => ms),
            atMost: 1.3,
          }),
        ],
      },
      trials,
      [{ name: "ms", of: (ms) => ms }],
    ),
  ];
};

async function firstAnswerMs(path: string, event: unknown): Promise<number> {
  const env = pusherSettings(UNUSED_PORT);
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
    const { statusCode }: { readonly statusCode?: unknown } = Object(await runner.invoke(event));
    if (statusCode !== 200) throw new Error(`${path} did not authorize`);
    return performance.now() - startedAt;
  } finally {
    await runner.stop();
  }
}
