import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The packages of others among bundled sources: the folders below the root that hold them. */
export const packagesIn = (sources: readonly string[]): readonly string[] =>
  [...new Set(sources.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))].sort();

/** The names, versions and licenses of bundled packages. Throws if one of them names no license. */
export async function licensesOf(root: string, folders: readonly string[]): Promise<string> {
  const texts = await Promise.all(folders.map((folder) => licenseOf(join(root, folder))));
  return `This package holds code of these packages:\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((each) => /^license/i.test(each));
  if (typeof license !== "string") throw new Error(`${name} names no license`);
  const text = file === undefined ? "" : `\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  return `${name} ${version}: ${license}\n${text}`;
}
