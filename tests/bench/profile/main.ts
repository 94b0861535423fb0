import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { bundleOptions, FUNCTION_NAMES } from "@realtime-gateway/functions/build";
import { build } from "esbuild";
import { authRequests } from "../auth/auth-requests.ts";
import { pusherSettings, UNUSED_PORT } from "../pusher-settings.ts";
import { ownTimes, readCpuProfile } from "./cpu-profile.ts";
import { flameGraph } from "./flame-graph.ts";

const HELP = `Where a function's time goes, by V8's profiler: its import, or with --requests that of 50,000 authorizations.

  npm run profile -- [${FUNCTION_NAMES.join("|")}] [--requests] [--svg FILE]

  --requests  of auth: the answering of requests, not the import
  --svg FILE  draws a flame graph
`;
const ENTRY = (name: string): string =>
  fileURLToPath(new URL(`../../../functions/${name}/handler.ts`, import.meta.url));
const TARGET = fileURLToPath(new URL("target.ts", import.meta.url));
const INTERVAL_MICROSECONDS = 100;
const REQUESTS = 1000;
const RUNS = 50;
const SHOWN = 25;
const EXIT_USAGE = 2;

async function profile(name: string, ofRequests: boolean): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "profile-"));
  try {
    const bundle = join(scratch, "index.mjs");
    // Not minified, so that functions have their names.
    await build({ ...bundleOptions, minify: false, sourcemap: false, entryPoints: [ENTRY(name)], outfile: bundle });
    const events = join(scratch, "events.json");
    await writeFile(events, JSON.stringify(await authRequests({ body: "form", form: "private" }, REQUESTS)));
    const flags = ["--cpu-prof", `--cpu-prof-interval=${INTERVAL_MICROSECONDS}`, `--cpu-prof-dir=${scratch}`];
    const target = ofRequests ? [TARGET, bundle, events, String(RUNS)] : [TARGET, bundle];
    await promisify(execFile)(process.execPath, [...flags, ...target], { env: pusherSettings(UNUSED_PORT) });
    const written = (await readdir(scratch)).find((file) => file.endsWith(".cpuprofile")) ?? "";
    return await readFile(join(scratch, written), "utf8");
  } finally {
    await rm(scratch, { recursive: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { requests: { type: "boolean" }, svg: { type: "string" }, help: { type: "boolean" } },
});
const [name = "auth"] = positionals;
const known = FUNCTION_NAMES.some((each) => each === name) && (values.requests !== true || name === "auth");

if (values.help || !known) {
  (values.help ? process.stdout : process.stderr).write(HELP);
  process.exitCode = values.help ? 0 : EXIT_USAGE;
} else {
  const root = readCpuProfile(await profile(name, values.requests === true));
  for (const [of, ms] of ownTimes(root).slice(0, SHOWN)) console.log(`${ms.toFixed(2).padStart(10)} ms  ${of}`);
  if (values.svg !== undefined)
    await writeFile(values.svg, flameGraph(root, `${name}, ${values.requests ? "requests" : "import"}`));
}
