import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { WAIVERS } from "./compare/waivers.ts";

/** Documents by their path below the contract's folder. */
export type Documents = ReadonlyMap<string, string>;

/** The paths of the documents that differ from the folder's files, are missing or are superfluous. */
export async function staleDocuments(folder: string, expected: Documents): Promise<readonly string[]> {
  const present = await documentsIn(folder);
  const paths = new Set([...expected.keys(), ...present.keys()]);
  return [...paths].filter((path) => present.get(path) !== expected.get(path)).sort();
}

/** Writes what differs. Returns the paths that changed. */
export async function writeDocuments(folder: string, expected: Documents): Promise<readonly string[]> {
  const stale = await staleDocuments(folder, expected);
  for (const path of stale) {
    const file = join(folder, path);
    const text = expected.get(path);
    await mkdir(dirname(file), { recursive: true });
    await (text === undefined ? rm(file) : writeFile(file, text));
  }
  return stale;
}

/** The generated files among other files that differ from what they must be, or are missing. */
export async function staleFiles(root: string, expected: Documents): Promise<readonly string[]> {
  const texts = [...expected].map(async ([path, text]) => {
    const present = await readFile(join(root, path), "utf8").catch(() => undefined);
    return present === text ? [] : [path];
  });
  return (await Promise.all(texts)).flat();
}

/** Writes the generated files that differ. Returns the paths that changed. */
export async function writeFiles(root: string, expected: Documents): Promise<readonly string[]> {
  const stale = await staleFiles(root, expected);
  for (const path of stale) await writeFile(join(root, path), expected.get(path) ?? "");
  return stale;
}

/** People write these, so they are not generated. */
const WRITTEN_BY_HAND: ReadonlySet<string> = new Set([WAIVERS, "local.yaml", "pusher-server.yaml"]);

/** The generated files of a folder. */
async function documentsIn(folder: string): Promise<Documents> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((path) => !WRITTEN_BY_HAND.has(path));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const)),
  );
}
