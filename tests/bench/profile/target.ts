/** What is profiled: `target.ts <bundle> [<events.json> <runs>]` imports it and, where there are events, answers them so many times. */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [bundlePath = "", eventsPath, runs = "1"] = process.argv.slice(2);
const { handler }: Record<string, unknown> = await import(pathToFileURL(bundlePath).href);
if (typeof handler !== "function") throw new TypeError("the bundle exports no handler");
if (eventsPath !== undefined) {
  const events: readonly unknown[] = JSON.parse(await readFile(eventsPath, "utf8"));
  for (let run = 0; run < Number(runs); run += 1)
    for (const event of events) await handler(event, { awsRequestId: "1", getRemainingTimeInMillis: () => 30_000 });
}
