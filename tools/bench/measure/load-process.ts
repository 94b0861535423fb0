/**
 * A function's process: `load-process.ts <module> <events.json>`. At every message it puts all events through the module's
 * `handler`, one at a time as Lambda does, and answers with a `LoadRun`.
 */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { LoadRun } from "./loaded-function.ts";

const LAMBDA_CONTEXT = { awsRequestId: "11111111-2222-3333-4444-555555555555", getRemainingTimeInMillis: () => 30_000 };

const [modulePath = "", eventsPath = ""] = process.argv.slice(2);
const loaded = load();
process.on("message", () => void answer());

async function load() {
  const events: readonly unknown[] = JSON.parse(await readFile(eventsPath, "utf8"));
  const { handler }: Record<string, unknown> = await import(pathToFileURL(modulePath).href);
  if (typeof handler !== "function") throw new TypeError(`${modulePath} exports no handler`);
  return { handler, events };
}

async function answer(): Promise<void> {
  const { handler, events } = await loaded;
  const answers: unknown[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  for (const event of events) answers.push(await handler(event, LAMBDA_CONTEXT));
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.send?.({ wallMs, cpuMs: (user + system) / 1000, peakMb, answers } satisfies LoadRun);
}
