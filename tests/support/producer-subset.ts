import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { RECIPES } from "../../tools/pack/recipes.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The catalog as the packed producer has it: with our subset instead of zod. */
export async function catalogWithoutZod(): Promise<typeof import("@realtime-gateway/events")> {
  const aliases = RECIPES.find(({ folder }) => folder === "producer")?.aliases ?? {};
  const folder = await mkdtemp(join(tmpdir(), "subset-"));
  try {
    const outfile = join(folder, "events.mjs");
    await build({
      entryPoints: [join(ROOT, "packages/events/src/index.ts")],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      alias: Object.fromEntries(Object.entries(aliases).map(([name, path]) => [name, join(ROOT, path)])),
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
