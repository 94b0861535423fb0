import { fileURLToPath } from "node:url";

/** The path of a function's bundle: one file that runs without `node_modules`. */
export const bundlePath = (functionName: string): string =>
  fileURLToPath(new URL(`../dist/functions/${functionName}/index.mjs`, import.meta.url));
