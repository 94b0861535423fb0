import { blocksOf } from "./doc-blocks.ts";
import type { ScratchProject } from "./scratch-project.ts";

/** One step of a recipe in CONTRIBUTING: a new file, or lines to change in a file. */
export interface RecipeStep {
  readonly kind: "file" | "change";
  readonly path: string;
  readonly text: string;
}

/** The steps below a heading of a page: `ts path` is a new file, `diff path` changes one. */
export const recipeSteps = (page: string, heading: string): readonly RecipeStep[] =>
  blocksOf(page).flatMap((block) =>
    block.heading === heading && block.file !== undefined
      ? [{ kind: block.language === "ts" ? "file" : "change", path: block.file, text: block.text }]
      : [],
  );

export async function applyStep(project: ScratchProject, { kind, path, text }: RecipeStep): Promise<void> {
  await project.write(path, kind === "file" ? text : changed(await project.read(path), text, path));
}

/** Applies a diff without line numbers: removed and context lines must be in the file, in this order and together. */
function changed(source: string, diff: string, path: string): string {
  const lines = diff.split("\n").filter((line) => line !== "");
  const side = (mark: string): string =>
    lines
      .filter((line) => line.startsWith(" ") || line.startsWith(mark))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  if (!source.includes(side("-"))) throw new Error(`${path} does not contain the lines that the recipe changes.`);
  return source.replace(side("-"), () => side("+"));
}
