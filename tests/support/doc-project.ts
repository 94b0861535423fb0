import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { DocBlock } from "./doc-blocks.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

/** The imports of the examples resolve here. */
const DEPENDENCIES = join(import.meta.dirname, "../../node_modules");

/** The compiler options of a strict page, as bundlers' templates set them. */
const COMPILER_OPTIONS = {
  target: "es2024",
  lib: ["es2024", "dom"],
  module: "esnext",
  moduleResolution: "bundler",
  types: ["node"],
  jsx: "react-jsx",
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  // The workspaces are TypeScript sources.
  allowImportingTsExtensions: true,
  noEmit: true,
};

/** The examples of a page of the docs, as files of one project. */
export interface DocProject {
  /** The findings of the compiler, or an empty text. */
  compile(): Promise<string>;
  /** Bundles a file as a page's bundler does. `edit` may change the source of each file. Returns a module for Node. */
  bundle(file: string, edit?: (source: string) => string): Promise<string>;
  remove(): Promise<void>;
}

/** Writes each block that names a file. */
export async function createDocProject(blocks: readonly Pick<DocBlock, "file" | "text">[]): Promise<DocProject> {
  const { path, remove } = await createTemporaryFolder("docs", DEPENDENCIES);
  const files = blocks.flatMap(({ file, text }) => (file === undefined ? [] : [{ file, text }]));
  for (const { file, text } of files) await writeFile(join(path, file), text);
  const config = { compilerOptions: COMPILER_OPTIONS, files: files.map(({ file }) => file) };
  await writeFile(join(path, "tsconfig.json"), JSON.stringify(config));
  let bundles = 0;
  return {
    compile: () =>
      new Promise((resolve) => {
        execFile(join(DEPENDENCIES, ".bin/tsc"), ["-p", path, "--pretty", "false"], (_error, stdout) =>
          resolve(stdout),
        );
      }),
    async bundle(file, edit = (source) => source) {
      for (const { file: name, text } of files) await writeFile(join(path, name), edit(text));
      bundles += 1;
      const outfile = join(path, `bundle-${bundles}.mjs`);
      // A process of its own, because esbuild does not load where a test has jsdom.
      await promisify(execFile)(join(DEPENDENCIES, ".bin/esbuild"), [
        join(path, file),
        `--outfile=${outfile}`,
        "--bundle",
        "--format=esm",
        "--jsx=automatic",
        "--packages=external",
        "--log-level=error",
      ]);
      return pathToFileURL(outfile).href;
    },
    remove,
  };
}
