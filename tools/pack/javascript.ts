import { join } from "node:path";
import { build } from "esbuild";
import type { PackEntry } from "./manifest.ts";

export interface JavaScriptOptions {
  readonly root: string;
  /** The package's folder. */
  readonly folder: string;
  readonly entries: readonly PackEntry[];
  readonly external: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly outFolder: string;
}

/** Writes one module for each entry, and those that entries share. So a class is the same one in each of them. */
export async function writeJavaScript(options: JavaScriptOptions): Promise<void> {
  const { root, folder, entries, external, aliases, outFolder } = options;
  await build({
    entryPoints: entries.map(({ source, out }) => ({ in: join(folder, source), out })),
    outdir: outFolder,
    bundle: true,
    splitting: true,
    chunkNames: "shared-[hash]",
    format: "esm",
    platform: "node",
    target: "node20",
    external: external.flatMap((name) => [name, `${name}/*`]),
    alias: Object.fromEntries(Object.entries(aliases).map(([name, path]) => [name, join(root, path)])),
    legalComments: "none",
    logLevel: "warning",
  });
}
