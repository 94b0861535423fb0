import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, buildSync, type OutputFile } from "esbuild";
import { aliases } from "../functions/aliases.mjs";
import { bundlePath } from "../functions/bundles.ts";
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from "../functions/manifest.ts";

const here = (path: string): string => fileURLToPath(new URL(`../functions/${path}`, import.meta.url));

/** Lambda's image has the SDK. */
export const external = ["@aws-sdk/*"];

const TARGET = "node24";

/** CommonJS dependencies call `require`, which an ES module does not have. */
const requireBanner = "const require = process.getBuiltinModule;";

/**
 * Returns the code that defines our Fetch classes at the top of a bundle that answers HTTP; other bundles get none.
 * SST runs this file from another folder, so it passes the path of `functions/`.
 */
export function fetchClassesFor(name: FunctionName, functionsFolder = here("")): string {
  if (FUNCTIONS[name].trigger !== "http") return "";
  const { outputFiles } = buildSync({
    entryPoints: [join(functionsFolder, "platform/fetch/index.ts")],
    bundle: true,
    write: false,
    platform: "node",
    target: TARGET,
    format: "iife",
    globalName: "fetchClasses",
    minify: true,
  });
  return `${outputFiles[0]?.text}const { Headers, Request, Response, fetch } = fetchClasses;`;
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
    // The sources are four fifths of a map, which a function reads at every start.
    sourcesContent: false,
    external,
    alias: aliases,
    banner: { js: `${requireBanner}${fetchClassesFor(name)}` },
    logLevel: "warning",
  }) satisfies BuildOptions;

/** Writes `dist/functions/{name}/index.mjs` for every function. */
export async function buildFunctions(): Promise<void> {
  await Promise.all(
    FUNCTION_NAMES.map(async (name) => {
      const { outputFiles } = await build({ ...bundleOptions(name), outfile: bundlePath(name), write: false });
      await Promise.all(outputFiles.map(replaceFile));
    }),
  );
}

/** Renames the finished file, so that a function that starts in another process never reads half a bundle. */
async function replaceFile({ path, contents }: OutputFile): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
}

if (import.meta.main) {
  await buildFunctions();
  const quiet = process.argv.includes("--quiet");
  for (const name of quiet ? [] : FUNCTION_NAMES) console.log(`dist/functions/${name}/index.mjs`);
}
