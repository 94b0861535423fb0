import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { pageFolder } from "../packages/local/src/page/page-files.ts";

const source = (path: string): string => fileURLToPath(new URL(`../packages/console/src/${path}`, import.meta.url));

/** Writes the page that the local stack serves. */
export async function buildConsole(): Promise<void> {
  await mkdir(pageFolder, { recursive: true });
  await Promise.all([
    build({
      entryPoints: [
        { in: source("main.tsx"), out: "console" },
        { in: source("styles/main.css"), out: "console" },
      ],
      outdir: pageFolder,
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: "preact",
      legalComments: "none",
      logLevel: "warning",
    }),
    copyFile(source("index.html"), `${pageFolder}index.html`),
    copyFile(source("icon.svg"), `${pageFolder}console.svg`),
  ]);
}

if (import.meta.main) await buildConsole();
