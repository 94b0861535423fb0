import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Takes the sources out of a bundle's source map, for which SST has no option. They are four fifths of it; a function reads its map at every
 * cold start, and for frames with names and lines needs the rest alone.
 */
export async function dropSources(bundleFolder: string): Promise<void> {
  for (const name of await readdir(bundleFolder)) {
    if (!name.endsWith(".map")) continue;
    const path = join(bundleFolder, name);
    const { sourcesContent: _, ...map } = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify(map));
  }
}
