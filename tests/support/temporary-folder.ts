import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new, empty folder. The creator removes it, also if the test fails. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** A folder below the system's temporary folder, or below `parent`: imports resolve only inside the project. */
export async function createTemporaryFolder(name: string, parent = tmpdir()): Promise<TemporaryFolder> {
  // macOS has a symbolic link in its temporary path, which module URLs would not contain.
  const path = await realpath(await mkdtemp(join(parent, `gateway-${name}-`)));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
