import { join } from "node:path";
import { build } from "esbuild";
import type { PackEntry } from "./manifest.ts";
import type { PackPlatform } from "./recipes.ts";
import { sourcesIn } from "./sources.ts";

/** The oldest language that each platform runs. Vite and Next.js translate to older browsers by themselves. */
const TARGETS: Readonly<Record<PackPlatform, string>> = { browser: "es2022", node: "node20" };

export interface JavaScriptOptions {
  readonly root: string;
  /** The package's folder. */
  readonly folder: string;
  readonly entries: readonly PackEntry[];
  readonly commands: readonly PackEntry[];
  readonly processes: readonly PackEntry[];
  readonly external: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly platform: PackPlatform;
  readonly outFolder: string;
}

/**
 * Writes one module for each entry, and those that entries share. So a class is the same one in each of them. Resolves with the
 * paths of all sources, from the root.
 */
export async function writeJavaScript(options: JavaScriptOptions): Promise<readonly string[]> {
  const { entries, commands, processes } = options;
  // A package with processes is no part of a bundle: its modules find each other's files.
  if (processes.length > 0)
    return await buildTogether([...entries, ...commands, ...processes], options, REQUIRE_BANNER);
  const ofEntries = await buildTogether(entries, options);
  if (commands.length === 0) return ofEntries;
  // No service bundles a command, so a command has the dependencies themselves, and shares nothing with the entries.
  return [...ofEntries, ...(await buildTogether(commands, { ...options, aliases: {} }))];
}

/** CommonJS dependencies inside call `require`, also for modules that may be missing. An ES module has none. */
const REQUIRE_BANNER = 'const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);';

async function buildTogether(
  entries: readonly PackEntry[],
  { root, folder, external, aliases, platform, outFolder }: JavaScriptOptions,
  banner = "",
): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: entries.map(({ source, out }) => ({ in: join(folder, source), out })),
    outdir: outFolder,
    bundle: true,
    splitting: true,
    chunkNames: "shared-[hash]",
    format: "esm",
    platform,
    target: TARGETS[platform],
    external: external.flatMap((name) => [name, `${name}/*`]),
    alias: Object.fromEntries(Object.entries(aliases).map(([name, path]) => [name, join(root, path)])),
    banner: { js: banner },
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    absWorkingDir: root,
  });
  return sourcesIn(metafile);
}
