import { join } from "node:path";
import { build } from "esbuild";
import type { PackEntry } from "./manifest.ts";
import type { PackPlatform } from "./recipes.ts";

/** The oldest language that each platform runs. Vite and Next.js translate to older browsers by themselves. */
const TARGETS: Readonly<Record<PackPlatform, string>> = { browser: "es2022", node: "node20" };

export interface JavaScriptOptions {
  readonly root: string;
  /** The package's folder. */
  readonly folder: string;
  readonly entries: readonly PackEntry[];
  /** They share nothing with the entries, so that a service's bundle has nothing of them. */
  readonly commands: readonly PackEntry[];
  readonly external: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly platform: PackPlatform;
  readonly outFolder: string;
}

/** Writes one module for each entry, and those that entries share. So a class is the same one in each of them. */
export async function writeJavaScript(options: JavaScriptOptions): Promise<void> {
  await buildTogether(options.entries, options);
  // No service bundles a command, so a command has the dependencies themselves.
  if (options.commands.length > 0) await buildTogether(options.commands, { ...options, aliases: {} });
}

async function buildTogether(
  entries: readonly PackEntry[],
  { root, folder, external, aliases, platform, outFolder }: JavaScriptOptions,
): Promise<void> {
  await build({
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
    legalComments: "none",
    logLevel: "warning",
  });
}
