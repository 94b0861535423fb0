import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Removes the sources from a bundle's source map, for which SST has no option. They are four fifths of the map, and a function
 * reads the map at every cold start. Stack traces with names and lines need only the rest.
 */
export async function dropSources(bundleFolder: string): Promise<void> {
  for (const name of await readdir(bundleFolder)) {
    if (!name.endsWith(".map")) continue;
    const path = join(bundleFolder, name);
    const { sourcesContent: _, ...map } = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify(map));
  }
}
