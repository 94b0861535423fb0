import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { createTemporaryFolder } from "./temporary-folder.ts";

/** In jsdom, `import.meta.url` is no file. */
const ROOT = process.cwd();

/** The hooks, and a React to render them with. */
export type ReactKit = typeof import("./react-kit-exports.ts");

/** The names of the packages in `package.json`. */
const PACKAGES = { 18: { react: "react-18", dom: "react-dom-18" }, 19: { react: "react", dom: "react-dom" } };

/** Bundles the kit with one version of React. In jsdom, only the esbuild command works. */
export async function loadReactKit(version: keyof typeof PACKAGES): Promise<ReactKit> {
  const { react, dom } = PACKAGES[version];
  const folder = await createTemporaryFolder(`react-${version}`, join(ROOT, "node_modules"));
  try {
    const bundle = join(folder.path, "kit.mjs");
    await promisify(execFile)(join(ROOT, "node_modules/.bin/esbuild"), [
      join(ROOT, "tests/support/react-kit-exports.ts"),
      "--bundle",
      "--format=esm",
      '--define:process.env.NODE_ENV="development"',
      `--alias:react=${react}`,
      `--alias:react-dom=${dom}`,
      `--outfile=${bundle}`,
    ]);
    return await import(pathToFileURL(bundle).href);
  } finally {
    await folder.remove();
  }
}
