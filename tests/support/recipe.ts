import type { ScratchProject } from "./scratch-project.ts";

/** One step of a recipe in CONTRIBUTING: a new file, or lines to change in a file. */
export interface RecipeStep {
  readonly kind: "file" | "change";
  readonly path: string;
  readonly text: string;
}

/** Fenced blocks whose info string names a file: `ts path` is a new file, `diff path` changes one. */
const BLOCK = /^```(ts|diff) (\S+)\n([\s\S]*?)^```$/gm;

/** The steps below a heading of a Markdown page, up to the next heading of its level. */
export function recipeSteps(page: string, heading: string): readonly RecipeStep[] {
  const [, level = ""] = /^(#+) /.exec(heading) ?? [];
  const start = page.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`The page has no heading "${heading}".`);
  const rest = page.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, "m"));
  const section = end < 0 ? rest : rest.slice(0, end);
  return [...section.matchAll(BLOCK)].map(([, language, path = "", text = ""]) => ({
    kind: language === "ts" ? "file" : "change",
    path,
    text,
  }));
}

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
