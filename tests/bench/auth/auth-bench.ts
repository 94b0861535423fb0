import { bundlePath } from "@realtime-gateway/functions/build";
import type { Bench, BenchContext } from "../bench.ts";
import { interleave } from "../measure/interleave.ts";
import { loadFunction, writeEvents } from "../measure/loaded-function.ts";
import { pusherSettings, UNUSED_PORT } from "../pusher-settings.ts";
import { comparison } from "../report/comparison.ts";
import type { Table } from "../report/table.ts";
import { authRequests, type RequestKind } from "./auth-requests.ts";

const KINDS: readonly RequestKind[] = [
  { body: "form", form: "private" },
  { body: "form", form: "presence" },
  { body: "JSON", form: "private" },
  { body: "JSON", form: "presence" },
];

const SETTINGS = {
  quick: { requests: 1000, rounds: 5 },
  full: { requests: 3000, rounds: 15 },
} as const;

/** Until V8 has compiled what it will compile. */
const WARM_UP_RUNS = 5;

/** Requests per second and per second of CPU through the built auth function. */
export const authBench: Bench = async (context) => {
  const tables: Table[] = [];
  for (const kind of KINDS) tables.push(await measureKind(kind, context));
  return tables;
};

async function measureKind(kind: RequestKind, { effort, scratchPath, peerPath, progress }: BenchContext) {
  const { requests, rounds } = SETTINGS[effort];
  const name = `auth, ${kind.body} body, ${kind.form} channel`;
  const eventsPath = await writeEvents(scratchPath, `http-${kind.body}-${kind.form}`, authRequests(kind, requests));
  const load = (modulePath: string) =>
    loadFunction({ modulePath, eventsPath, env: pusherSettings(UNUSED_PORT), accepts: authorizes });
  const functions = [
    { name: "`hono` + `zod` + `pusher`", ...load(peerPath("hono-auth")) },
    { name: "our auth function", ...load(bundlePath("auth")) },
    { name: "bare HMAC and JSON (the floor)", ...load(peerPath("bare-auth")) },
  ];
  try {
    progress(`${name}: warming up`);
    for (let run = 0; run < WARM_UP_RUNS; run += 1) for (const each of functions) await each.run();
    const trials = await interleave(
      functions.map((each) => ({ name: each.name, measure: each.run })),
      rounds,
      (round) => progress(`${name}: round ${round} of ${rounds}`),
    );
    return comparison(
      {
        title: `Auth, ${kind.body} body, ${kind.form} channel`,
        note: `${requests} API Gateway v2 events a round, one at a time.`,
      },
      trials,
      [
        { name: "requests/s", of: ({ wallMs }) => (1000 * requests) / wallMs },
        { name: "requests/CPU-s", of: ({ cpuMs }) => (1000 * requests) / cpuMs },
      ],
    );
  } finally {
    await Promise.all(functions.map(({ stop }) => stop()));
  }
}

function authorizes(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  const { statusCode, body }: { readonly statusCode?: unknown; readonly body?: unknown } = answer;
  return statusCode === 200 && typeof body === "string" && body.includes('"auth":"bench-key:');
}
