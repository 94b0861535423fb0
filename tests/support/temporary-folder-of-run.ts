import { readdir } from "node:fs/promises";
import { createTemporaryFolder } from "./temporary-folder.ts";

/**
 * Gives the run a temporary folder of its own, which every test and each of its processes inherits. The run fails if a test
 * leaves something in it.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await createTemporaryFolder("tests");
  // biome-ignore lint/style/noProcessEnv: the workers and their processes inherit it.
  process.env.TMPDIR = folder.path;
  // npm and TypeScript keep compiled code in the temporary folder.
  // biome-ignore lint/style/noProcessEnv: the workers and their processes inherit it.
  process.env.NODE_DISABLE_COMPILE_CACHE = "1";
  return async () => {
    const left = await readdir(folder.path);
    await folder.remove();
    if (left.length > 0) throw new Error(`Tests left this in the temporary folder: ${left.join(", ")}`);
  };
}
