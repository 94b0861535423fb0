import { bundlePath } from "@realtime-gateway/functions/bundles";
import type { Bench, BenchContext } from "../bench.ts";
import { interleave, type Trial } from "../measure/interleave.ts";
import { type LoadRun, loadFunction, writeEvents } from "../measure/loaded-function.ts";
import type { Sample } from "../measure/statistics.ts";
import { pusherSettings, UNUSED_PORT } from "../pusher-settings.ts";
import { comparison } from "../report/comparison.ts";
import type { Table, Target } from "../report/table.ts";
import { differenceBetween, ratioBetween, target } from "../report/target.ts";
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
const OURS_OPEN = "our auth function, in `open` mode";
const TOKEN_FLOOR = "bare signature check by WebCrypto, HMAC and JSON (the floor)";

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
 * An assertion lives a minute, so a whole case must end by then. In a full run the warm-up lasts until V8 compiles no more.
 * A round is long enough that the state of the CPU's caches at its start does not matter.
 */
const SETTINGS = {
  quick: { requests: 500, rounds: 3, warmUpRuns: 5 },
  full: { requests: 4000, rounds: 11, warmUpRuns: 5 },
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
  const open = pusherSettings(UNUSED_PORT);
  const inMode = { ...open, ...mode?.env };
  const functions = [
    { name: EXPRESS, path: peerPath("express-auth"), env: inMode },
    ...(mode ? [] : [{ name: HONO, path: peerPath("hono-auth"), env: open }]),
    { name: OURS, path: bundlePath("auth"), env: inMode },
    ...(mode
      ? [
          { name: OURS_OPEN, path: bundlePath("auth"), env: open },
          { name: TOKEN_FLOOR, path: peerPath("bare-token-auth"), env: inMode },
        ]
      : []),
    { name: FLOOR, path: peerPath("bare-auth"), env: open },
  ].map(({ name, path, env }) => ({
    name,
    ...loadFunction({ modulePath: path, eventsPath, env, accepts: authorizes }),
  }));
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

const cpu = ({ cpuMs }: LoadRun): number => cpuMs;

const bodyTargets = (title: string, trials: readonly Trial<LoadRun>[]): readonly Target[] => [
  target({
    what: `${title}: requests per CPU second, to Express'`,
    measured: ratioBetween(trials, EXPRESS, OURS, cpu),
    floor: ratioBetween(trials, EXPRESS, FLOOR, cpu),
    atLeast: 3,
  }),
  target({
    what: `${title}: requests per CPU second, to plain Hono's`,
    measured: ratioBetween(trials, HONO, OURS, cpu),
    floor: ratioBetween(trials, HONO, FLOOR, cpu),
    atLeast: 1.5,
  }),
  target({
    what: `${title}: CPU a request, to the bare work's`,
    measured: ratioBetween(trials, OURS, FLOOR, cpu),
    atMost: 10,
  }),
];

/** The signature check dominates a token's cost if it takes more than half of it. */
const tokenTargets = (title: string, trials: readonly Trial<LoadRun>[]): readonly Target[] => [
  target({
    what: `${title}: the signature check's share of what the token costs in CPU`,
    measured: quotientOf(
      differenceBetween(trials, TOKEN_FLOOR, FLOOR, cpu),
      differenceBetween(trials, OURS, OURS_OPEN, cpu),
    ),
    atLeast: 0.5,
  }),
];

/** The quotient of two medians. Its spread is the sum of both spreads. */
const quotientOf = (of: Sample, by: Sample): Sample => ({
  median: of.median / by.median,
  spread: of.spread + by.spread,
});

function authorizes(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  const { statusCode, body }: { readonly statusCode?: unknown; readonly body?: unknown } = answer;
  return statusCode === 200 && typeof body === "string" && body.includes('"auth":"bench-key:');
}
