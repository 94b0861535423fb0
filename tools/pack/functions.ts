import { join } from "node:path";
import { build } from "esbuild";
import { FUNCTION_NAMES } from "../../functions/manifest.ts";
import { bundleOptions } from "../build.ts";
import { sourcesIn } from "./sources.ts";

/** Builds the functions into a package, as a deployment has them. Resolves with the paths of all sources, from the root. */
export async function writeFunctions(root: string, outFolder: string): Promise<readonly string[]> {
  const built = await Promise.all(
    FUNCTION_NAMES.map((name) =>
      build({
        ...bundleOptions(name),
        outfile: join(outFolder, name, "index.mjs"),
        sourcemap: false,
        metafile: true,
        absWorkingDir: root,
      }),
    ),
  );
  return built.flatMap(({ metafile }) => sourcesIn(metafile));
}
