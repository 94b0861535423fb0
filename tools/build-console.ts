import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PAGE_FOLDER } from "../packages/local/src/page-folder.ts";
import { sourcesIn } from "./pack/sources.ts";

const source = (path: string): string => fileURLToPath(new URL(`../packages/console/src/${path}`, import.meta.url));

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Writes the page that the local stack serves. Resolves with the paths of all sources, from the root. */
export async function buildConsole(folder = PAGE_FOLDER): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const [{ metafile }] = await Promise.all([
    build({
      entryPoints: [
        { in: source("main.tsx"), out: "console" },
        { in: source("styles/main.css"), out: "console" },
      ],
      outdir: folder,
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: "preact",
      legalComments: "none",
      logLevel: "warning",
      metafile: true,
      absWorkingDir: ROOT,
    }),
    copyFile(source("index.html"), join(folder, "index.html")),
    copyFile(source("icon.svg"), join(folder, "console.svg")),
  ]);
  return sourcesIn(metafile);
}

if (import.meta.main) await buildConsole();
