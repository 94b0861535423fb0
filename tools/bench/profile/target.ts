/**
 * The process that is profiled: `target.ts <profile> <bundle> [<events.json> <runs>]`. Without events, it imports the bundle and
 * writes V8's profile of the import. With events, it writes the profile of the runs, after V8 has compiled the hot code.
 * The caller strips the types of this file first: Node would otherwise load its own stripper into the profile.
 */
import { readFile, writeFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";
import { pathToFileURL } from "node:url";

const INTERVAL_MICROSECONDS = 100;
const CONTEXT = { awsRequestId: "1", getRemainingTimeInMillis: () => 30_000 };

const [profilePath = "", bundlePath = "", eventsPath, runs = "0"] = process.argv.slice(2);
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: INTERVAL_MICROSECONDS });

async function profiled<T>(work: () => Promise<T>): Promise<T> {
  await session.post("Profiler.start");
  const result = await work();
  const { profile } = await session.post("Profiler.stop");
  await writeFile(profilePath, JSON.stringify(profile));
  return result;
}

const { handler }: Record<string, unknown> = await profiled(() => import(pathToFileURL(bundlePath).href));
if (typeof handler !== "function") throw new TypeError("the bundle exports no handler");
if (eventsPath !== undefined) {
  const events: readonly unknown[] = JSON.parse(await readFile(eventsPath, "utf8"));
  const answerAll = async (times: number) => {
    for (let run = 0; run < times; run += 1) for (const event of events) await handler(event, CONTEXT);
  };
  await answerAll(Math.ceil(Number(runs) / 2));
  await profiled(() => answerAll(Number(runs)));
}
process.exit();
