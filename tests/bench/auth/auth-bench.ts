import { bundlePath } from "@realtime-gateway/functions/build";
import type { Bench, BenchContext } from "../bench.ts";
import { interleave } from "../measure/interleave.ts";
import { loadFunction, writeEvents } from "../measure/loaded-function.ts";
import { pusherSettings, UNUSED_PORT } from "../pusher-settings.ts";
import { comparison } from "../report/comparison.ts";
import type { Table } from "../report/table.ts";
import { AUTH_MODES, type AuthModeCase } from "./auth-modes.ts";
import { authRequests, type RequestKind } from "./auth-requests.ts";

interface Case {
  readonly title: string;
  readonly kind: RequestKind;
  readonly mode?: AuthModeCase;
}

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
  const hono = { name: "`hono` + `zod` + `pusher`", path: peerPath("hono-auth") };
  const functions = [
    { name: "Express + `serverless-http` + `pusher`", path: peerPath("express-auth") },
    ...(mode ? [] : [hono]),
    { name: "our auth function", path: bundlePath("auth") },
    mode
      ? { name: "bare signature check, HMAC and JSON (the floor)", path: peerPath("bare-token-auth") }
      : { name: "bare HMAC and JSON (the floor)", path: peerPath("bare-auth") },
  ].map(({ name, path }) => ({ name, ...load(path) }));
  try {
    progress(`${title}: warming up`);
    for (let run = 0; run < warmUpRuns; run += 1) for (const each of functions) await each.run();
    const trials = await interleave(
      functions.map((each) => ({ name: each.name, measure: each.run })),
      rounds,
      (round) => progress(`${title}: round ${round} of ${rounds}`),
    );
    return comparison({ title, note: `${requests} API Gateway v2 events a round, one at a time.` }, trials, [
      { name: "requests/s", of: ({ wallMs }) => (1000 * requests) / wallMs },
      { name: "requests/CPU-s", of: ({ cpuMs }) => (1000 * requests) / cpuMs },
    ]);
  } finally {
    await Promise.all(functions.map(({ stop }) => stop()));
  }
}

function authorizes(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  const { statusCode, body }: { readonly statusCode?: unknown; readonly body?: unknown } = answer;
  return statusCode === 200 && typeof body === "string" && body.includes('"auth":"bench-key:');
}
