import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createTemporaryFolder } from "./temporary-folder.ts";

/**
 * Gives the run a temporary folder of its own, which every test and each of its processes inherits. The run fails if a test
 * leaves something in it.
 */
export async function setup(): Promise<() => Promise<void>> {
  const [folder, cache] = await Promise.all([createTemporaryFolder("tests"), createTemporaryFolder("cache")]);
  // biome-ignore lint/style/noProcessEnv: the workers and their processes inherit it.
  process.env.TMPDIR = folder.path;
  // A command line starts in 0.2 s instead of 0.4 s once its code is compiled.
  // biome-ignore lint/style/noProcessEnv: the workers and their processes inherit it.
  process.env.NODE_COMPILE_CACHE = join(cache.path, "compiled");
  // Chromium is unpacked there once.
  // biome-ignore lint/style/noProcessEnv: the workers inherit it.
  process.env.RUN_CACHE = cache.path;
  return async () => {
    const left = await readdir(folder.path);
    await Promise.all([folder.remove(), cache.remove()]);
    if (left.length > 0) throw new Error(`Tests left this in the temporary folder: ${left.join(", ")}`);
  };
}
