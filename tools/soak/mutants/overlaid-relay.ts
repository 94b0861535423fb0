import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { createRelay } from "../../../functions/relay/relay.ts";
import type { Mutant } from "./mutant.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const RELAY = join(ROOT, "functions/relay/relay.ts");

/** Bundles the relay with one module exchanged, and loads it. */
export async function loadOverlaidRelay(overlay: NonNullable<Mutant["overlay"]>): Promise<typeof createRelay> {
  const folder = await mkdtemp(join(tmpdir(), "soak-mutant-"));
  try {
    const outfile = join(folder, "relay.mjs");
    const { plugin, wasUsed } = createOverlay(overlay);
    await build({
      entryPoints: [RELAY],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node24",
      logLevel: "error",
      plugins: [plugin],
    });
    if (!wasUsed()) throw new Error(`the relay imports no ${overlay.module}`);
    const relay: { readonly createRelay: typeof createRelay } = await import(
      /* @vite-ignore */ pathToFileURL(outfile).href
    );
    return relay.createRelay;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Imports of the module lead to the overlay, except those of the overlay itself. */
function createOverlay({ module, by }: NonNullable<Mutant["overlay"]>): {
  readonly plugin: Plugin;
  wasUsed(): boolean;
} {
  const [original, replacement] = [join(ROOT, module), join(ROOT, by)];
  let used = false;
  const plugin: Plugin = {
    name: "overlay",
    setup(context) {
      context.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, importer }) => {
        if (importer === replacement || resolve(dirname(importer), path) !== original) return undefined;
        used = true;
        return { path: replacement };
      });
    },
  };
  return { plugin, wasUsed: () => used };
}
