import { bundlePath } from "@realtime-gateway/functions/build";
import type { Bench, BenchContext } from "../bench.ts";
import { interleave, type Trial } from "../measure/interleave.ts";
import { loadFunction, type Run, writeEvents } from "../measure/loaded-function.ts";
import { pusherSettings, UNUSED_PORT } from "../pusher-settings.ts";
import { comparison } from "../report/comparison.ts";
import type { Table, Target } from "../report/table.ts";
import { ratioBetween, target } from "../report/target.ts";
import { AUTH_MODES, type AuthModeCase } from "./auth-modes.ts";
import { authRequests, type RequestKind } from "./auth-requests.ts";

interface Case {
  readonly title: string;
  readonly kind: RequestKind;
  readonly mode?: AuthModeCase;
}

const EXPRESS = "Express + `serverless-http` + `pusher`";
const HONO = "`hono` + `zod` + `pusher`";
const OURS = "our auth function";
const FLOOR = "bare HMAC and JSON (the floor)";
const TOKEN_FLOOR = "bare signature check, HMAC and JSON (the floor)";

const BODIES: readonly Case[] = (["form", "JSON"] as const).flatMap((body) =>
  (["private", "presence"] as const).map((form) => ({
    title: `Auth, ${body} body, ${form} channel`,
    kind: { body, form },
  })),
);

const MODES: readonly Case[] = AUTH_MODES.map((mode) => ({
  title: `Auth, ${mode.name}`,
  kind: { body: "form", form: "private" },
  mode,
}));

/**
 * An assertion lives a minute: a whole case must be done by then. In the full runs the warm-up lasts until V8 has compiled what it
 * will compile.
 */
const SETTINGS = {
  quick: { requests: 500, rounds: 3, warmUpRuns: 5 },
  full: { requests: 1000, rounds: 15, warmUpRuns: 10 },
} as const;

/** Requests per second and per second of CPU through the built auth function. */
export const authBench: Bench = async (context) => {
  const tables: Table[] = [];
  for (const each of [...BODIES, ...MODES]) tables.push(await measure(each, context));
  return tables;
};

async function measure({ title, kind, mode }: Case, { effort, scratchPath, peerPath, progress }: BenchContext) {
  const { requests, rounds, warmUpRuns } = SETTINGS[effort];
  const events = await authRequests(kind, requests, mode?.headers);
  const eventsPath = await writeEvents(scratchPath, "auth", events);
  const env = { ...pusherSettings(UNUSED_PORT), ...mode?.env };
  const load = (modulePath: string) => loadFunction({ modulePath, eventsPath, env, accepts: authorizes });
  const hono = { name: HONO, path: peerPath("hono-auth") };
  const functions = [
    { name: EXPRESS, path: peerPath("express-auth") },
    ...(mode ? [] : [hono]),
    { name: OURS, path: bundlePath("auth") },
    mode ? { name: TOKEN_FLOOR, path: peerPath("bare-token-auth") } : { name: FLOOR, path: peerPath("bare-auth") },
  ].map(({ name, path }) => ({ name, ...load(path) }));
  try {
    progress(`${title}: warming up`);
    for (let run = 0; run < warmUpRuns; run += 1) for (const each of functions) await each.run();
    const trials = await interleave(
      functions.map((each) => ({ name: each.name, measure: each.run })),
      rounds,
      (round) => progress(`${title}: round ${round} of ${rounds}`),
    );
    const note = `${requests} API Gateway v2 events a round, one at a time.`;
    const targets = mode ? tokenTargets(title, trials) : bodyTargets(title, trials);
    return comparison({ title, note, targets }, trials, [
      { name: "requests/s", of: ({ wallMs }) => (1000 * requests) / wallMs },
      { name: "requests/CPU-s", of: ({ cpuMs }) => (1000 * requests) / cpuMs },
    ]);
  } finally {
    await Promise.all(functions.map(({ stop }) => stop()));
  }
}

const cpu = ({ cpuMs }: Run): number => cpuMs;

const bodyTargets = (title: string, trials: readonly Trial<Run>[]): readonly Target[] => [
  target({
    what: `${title}: requests per CPU second, to Express'`,
    measured: ratioBetween(trials, EXPRESS, OURS, cpu),
    atLeast: 3,
  }),
  target({
    what: `${title}: requests per CPU second, to plain Hono's`,
    measured: ratioBetween(trials, HONO, OURS, cpu),
    atLeast: 1.5,
  }),
  target({
    what: `${title}: CPU a request, to the bare work's`,
    measured: ratioBetween(trials, OURS, FLOOR, cpu),
    atMost: 10,
  }),
];

/** Dominated: the check itself is more than half of it. */
const tokenTargets = (title: string, trials: readonly Trial<Run>[]): readonly Target[] => [
  target({
    what: `${title}: CPU a request, to the bare signature check's`,
    measured: ratioBetween(trials, OURS, TOKEN_FLOOR, cpu),
    atMost: 2,
  }),
];

function authorizes(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  const { statusCode, body }: { readonly statusCode?: unknown; readonly body?: unknown } = answer;
  return statusCode === 200 && typeof body === "string" && body.includes('"auth":"bench-key:');
}
