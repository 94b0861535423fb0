/** `npm run ric`: SST's bundles under AWS's own runtime interface client. Exit code 2: this machine cannot install the client. */

import { rm } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { apiEvent } from "../../support/api-event.ts";
import { sqsEvent } from "../../support/sqs-record.ts";
import { STAGES } from "../stages.ts";
import { lockSst } from "../synth/lock.ts";
import { type CliRun, synthesize } from "../synth/synthesize.ts";
import { installRic } from "./install.ts";
import { invokeUnderRic } from "./invoke.ts";
import { checkQueries } from "./queries.ts";
import { ricTarget } from "./target.ts";

const NOT_CHECKED = 2;
const BASE = "/api/realtime/pusher";

/** One event for each function that calls no other service, and a part of its answer. */
const PROBES = [
  { id: "Relay", event: sqsEvent({ m1: "{" }), expected: { batchItemFailures: [{ itemIdentifier: "m1" }] } },
  { id: "Auth", event: apiEvent({ method: "GET", path: `${BASE}/health` }), expected: { statusCode: 200 } },
  { id: "TestEvent", event: apiEvent({ method: "POST", path: `${BASE}/test` }), expected: { statusCode: 401 } },
  {
    id: "Webhook",
    event: apiEvent({
      method: "POST",
      path: `${BASE}/webhook`,
      headers: { "content-type": "application/json" },
      body: "{}",
    }),
    expected: { statusCode: 401 },
  },
] as const;

async function check(run: CliRun, entry: string, { id, event, expected }: (typeof PROBES)[number]) {
  const { env, ...target } = ricTarget(run, entry, id);
  const { REALTIME_DLQ_URL: _, ...withoutQueue } = env;
  const answer = await invokeUnderRic({ ...target, env: withoutQueue, onLine: console.log }, event);
  const ok = isDeepStrictEqual({ ...Object(answer), ...expected }, answer);
  if (!ok) console.error(`${id} answered`, answer);
  return ok;
}

async function run(): Promise<number> {
  const ric = await installRic();
  try {
    if (!ric.ok) {
      console.error(`aws-lambda-ric cannot be installed here, so nothing was checked: ${ric.why}`);
      return NOT_CHECKED;
    }
    const unlock = await lockSst();
    const ci = await synthesize(STAGES.ci);
    if (ci.exitCode !== 0) throw new Error(ci.output);
    const results = new Map<string, boolean>();
    for (const probe of PROBES) results.set(probe.id, await check(ci, ric.entry, probe));
    results.set("the saved queries", await checkQueries(ci, ric.entry));
    await unlock();
    for (const [id, ok] of results) console.log(`${ok ? "ok" : "FAILED"}  ${id}`);
    return [...results.values()].every(Boolean) ? 0 : 1;
  } finally {
    await rm(ric.folder, { recursive: true, force: true });
  }
}

process.exitCode = await run();
