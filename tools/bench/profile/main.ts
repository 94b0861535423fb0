import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { FUNCTION_NAMES, type FunctionName } from "@realtime-gateway/functions/manifest";
import { build } from "esbuild";
import { bundleOptions } from "../../build.ts";
import { authRequests } from "../auth/auth-requests.ts";
import { pusherSettings } from "../pusher-settings.ts";
import { startPusherEnd } from "../relay/pusher-end.ts";
import { batchesOf, twoChannelRecords } from "../relay/traffic.ts";
import { ownTimes, readCpuProfile } from "./cpu-profile.ts";
import { flameGraph } from "./flame-graph.ts";

const HELP = `Where a function's time goes, by V8's profiler: its import, or with --events the events that it answers.

  npm run profile -- [${FUNCTION_NAMES.join("|")}] [--events] [--svg FILE]

  --events    of auth: 50,000 authorizations; of relay: 50,000 two-channel events, ten a batch, to a Pusher that answers at once
  --svg FILE  draws a flame graph
`;
const SHOWN = 25;
const EXIT_USAGE = 2;

/** The events of each function, and how many times it gets all of them. */
const WORK: Readonly<Partial<Record<FunctionName, { events(): Promise<readonly unknown[]>; readonly runs: number }>>> =
  {
    auth: { events: () => authRequests({ body: "form", form: "private" }, 1000), runs: 50 },
    relay: { events: async () => batchesOf(twoChannelRecords(1000), 10), runs: 50 },
  };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

async function profile(name: FunctionName, ofEvents: boolean): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "profile-"));
  const pusher = startPusherEnd("http");
  try {
    const path = (file: string): string => join(scratch, file);
    const { port } = await pusher.answerAfter(0);
    // Not minified, so that functions have their names.
    const options = { ...bundleOptions(name), minify: false, sourcemap: false } as const;
    await build({
      ...options,
      entryPoints: [here(`../../../functions/${name}/handler.ts`)],
      outfile: path("index.mjs"),
    });
    await build({ entryPoints: [here("target.ts")], outfile: path("target.mjs"), format: "esm" });
    const work = ofEvents ? WORK[name] : undefined;
    if (work) await writeFile(path("events.json"), JSON.stringify(await work.events()));
    const args = [path("target.mjs"), path("profile.json"), path("index.mjs")];
    await promisify(execFile)(process.execPath, work ? [...args, path("events.json"), String(work.runs)] : args, {
      env: pusherSettings(port),
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    return await readFile(path("profile.json"), "utf8");
  } finally {
    await pusher.stop();
    await rm(scratch, { recursive: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: "boolean", default: false }, svg: { type: "string" }, help: { type: "boolean" } },
});
const [asked = "auth"] = positionals;
const name = FUNCTION_NAMES.find((each) => each === asked);

if (values.help || name === undefined || (values.events && WORK[name] === undefined)) {
  (values.help ? process.stdout : process.stderr).write(HELP);
  process.exitCode = values.help ? 0 : EXIT_USAGE;
} else {
  const root = readCpuProfile(await profile(name, values.events));
  for (const [of, ms] of ownTimes(root).slice(0, SHOWN)) console.log(`${ms.toFixed(2).padStart(10)} ms  ${of}`);
  if (values.svg !== undefined)
    await writeFile(values.svg, flameGraph(root, `${name}, ${values.events ? "events" : "import"}`));
}
