import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, transformSync } from "esbuild";
import { bundlePath } from "../functions/bundles.ts";
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from "../functions/manifest.ts";

const here = (path: string): string => fileURLToPath(new URL(`../functions/${path}`, import.meta.url));

/** What `pusher` brings, 330 KB, that the platform has of its own or that we never call. */
const platformOwn = {
  "node-fetch": here("platform/fetch.ts"),
  "abort-controller": here("platform/abort-controller.ts"),
  tweetnacl: here("platform/nacl.ts"),
  "tweetnacl-util": here("platform/nacl.ts"),
};

/**
 * Node's modules as CommonJS has them. For an `import`, Node reads every export of a module, which for some loads a good deal that nobody
 * here uses: of `node:http`, all of undici.
 */
const withoutFacade = {
  "node:crypto": here("platform/builtin/crypto.ts"),
  "node:http": here("platform/builtin/http.ts"),
  "node:https": here("platform/builtin/https.ts"),
};

/** What is resolved otherwise than Node would. */
export const aliases = { ...platformOwn, ...withoutFacade };

/** Lambda's image has the SDK. */
export const external = ["@aws-sdk/*"];

const TARGET = "node24";

/** CommonJS dependencies ask for Node's modules with `require`, which an ES module has to have of its own. */
const requireBanner = "const require = process.getBuiltinModule;";

/**
 * Fetch's classes for the top of a bundle: whoever names one of them in there means ours. The relay answers no requests. SST reads
 * this file as a part of its own, elsewhere, and so has to say where `functions/` is.
 */
export function fetchClassesFor(name: FunctionName, functionsFolder = here("")): string {
  if (name === "relay") return "";
  const source = readFileSync(join(functionsFolder, "platform/fetch-classes.ts"), "utf8");
  const options = { loader: "ts", format: "iife", globalName: "fetchClasses", target: TARGET, minify: true } as const;
  return `${transformSync(source, options).code}const { Headers, Request, Response } = fetchClasses;`;
}

export const bundleOptions = (name: FunctionName) =>
  ({
    entryPoints: [here(FUNCTIONS[name].entry)],
    bundle: true,
    platform: "node",
    target: TARGET,
    format: "esm",
    minify: true,
    sourcemap: "linked",
    // A function reads its map at every start; the sources themselves are four fifths of it.
    sourcesContent: false,
    external,
    alias: aliases,
    banner: { js: `${requireBanner}${fetchClassesFor(name)}` },
    logLevel: "warning",
  }) satisfies BuildOptions;

/** Writes `dist/functions/{name}/index.mjs` for every function. */
export async function buildFunctions(): Promise<void> {
  await Promise.all(FUNCTION_NAMES.map((name) => build({ ...bundleOptions(name), outfile: bundlePath(name) })));
}

if (import.meta.main) {
  await buildFunctions();
  const quiet = process.argv.includes("--quiet");
  for (const name of quiet ? [] : FUNCTION_NAMES) console.log(`dist/functions/${name}/index.mjs`);
}
