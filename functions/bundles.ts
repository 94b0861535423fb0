import { fileURLToPath } from "node:url";
import type { FunctionName } from "./manifest.ts";

/** The path of a function's bundle: one file that runs alone. */
export const bundlePath = (name: FunctionName): string =>
  fileURLToPath(new URL(`../dist/functions/${name}/index.mjs`, import.meta.url));
