/** `npm run pack`: builds the packages that others install, and their tarballs, below `dist/packages`. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPackage, packTarball } from "./pack.ts";
import { RECIPES } from "./recipes.ts";

const OUT = fileURLToPath(new URL("../../dist/packages/", import.meta.url));

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !RECIPES.some(({ folder }) => folder === name));
if (unknown.length > 0) {
  console.error(`No package is called ${unknown.join(", ")}. Give ${RECIPES.map(({ folder }) => folder).join(", ")}.`);
  process.exitCode = 2;
} else {
  for (const recipe of RECIPES.filter(({ folder }) => wanted.length === 0 || wanted.includes(folder))) {
    const built = join(OUT, recipe.folder);
    await buildPackage(recipe, built);
    console.log(await packTarball(built, OUT));
  }
}
