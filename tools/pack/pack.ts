import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { buildConsole } from "../build-console.ts";
import { declarationOf, packedPath, writeDeclarations } from "./declarations.ts";
import { writeFunctions } from "./functions.ts";
import { writeJavaScript } from "./javascript.ts";
import { licensesOf, packagesIn } from "./licenses.ts";
import { commandsOf, entriesOf, installedBeside, type PackEntry, packedManifest, parseManifest } from "./manifest.ts";
import type { PackRecipe } from "./recipes.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Builds a package as others install it: ES modules and declarations that need no other package of the repository. */
export async function buildPackage(recipe: PackRecipe, outFolder: string): Promise<void> {
  const { folder: name, aliases = {}, files = {}, platform = "node" } = recipe;
  const folder = join(ROOT, "packages", name);
  const source = parseManifest(await readFile(join(folder, "package.json"), "utf8"));
  const manifest = { ...source, exports: publishedExports(source.exports, recipe) };
  const entries = entriesOf(manifest);
  const external = installedBeside(manifest);
  const sourceOf = ({ source }: PackEntry): string => join("packages", name, source);
  await rm(outFolder, { recursive: true, force: true });
  await mkdir(join(outFolder, "dist"), { recursive: true });
  const built = Promise.all([
    writeJavaScript({
      root: ROOT,
      folder,
      entries,
      commands: commandsOf(manifest),
      processes: Object.entries(recipe.processes ?? {}).map(([out, path]) => ({ subpath: out, source: path, out })),
      external,
      aliases,
      platform,
      outFolder: join(outFolder, "dist"),
    }),
    recipe.functions ? writeFunctions(ROOT, join(outFolder, "dist/functions")) : [],
    recipe.console ? buildConsole(join(outFolder, "dist/console")) : [],
  ]);
  await Promise.all([
    built.then((sources) => writeLicenses(sources.flat(), outFolder)),
    writeDeclarations({
      root: ROOT,
      sources: entries.map(sourceOf),
      external,
      aliases,
      outFolder: join(outFolder, "dist/types"),
    }),
    copyFile(join(folder, "README.md"), join(outFolder, "README.md")),
    copyFile(join(ROOT, "LICENSE"), join(outFolder, "LICENSE")),
    ...Object.entries(files).map(([path, source]) => copyFile(join(ROOT, source), join(outFolder, path))),
  ]);
  const typesOf = (entry: PackEntry): string => join("dist/types", packedPath(declarationOf(sourceOf(entry))));
  await writeFile(join(outFolder, "package.json"), `${JSON.stringify(packedManifest(manifest, typesOf), null, 2)}\n`);
}

const publishedExports = (
  exports: Readonly<Record<string, string>>,
  { exports: others = {}, ownSubpaths = [] }: PackRecipe,
): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...exports, ...others }).filter(([subpath]) => !ownSubpaths.includes(subpath)));

/** A package without code of others needs no list. */
async function writeLicenses(sources: readonly string[], outFolder: string): Promise<void> {
  const folders = packagesIn(sources);
  if (folders.length > 0)
    await writeFile(join(outFolder, "dist/THIRD-PARTY-LICENSES.txt"), await licensesOf(ROOT, folders));
}

/** Runs `npm pack` in a built package. Returns the path of the tarball. */
export async function packTarball(builtFolder: string, destination: string): Promise<string> {
  const args = ["pack", "--json", "--pack-destination", destination];
  const { stdout } = await promisify(execFile)("npm", args, { cwd: builtFolder });
  const [, file] = /"filename": "([^"]+)"/.exec(stdout) ?? [];
  if (file === undefined) throw new Error(`npm pack named no file: ${stdout}`);
  return join(destination, file);
}
