import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ownModules } from "./own-modules.ts";

export interface DeclarationOptions {
  readonly root: string;
  /** The sources of the entries, from the root. */
  readonly sources: readonly string[];
  readonly external: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
  readonly outFolder: string;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The specifiers of `from "…"`, `import("…")` and `import "…"`. */
const SPECIFIER = /(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)"([^"]+)"/g;
/** `AsyncDisposable` and its symbol. TypeScript adds no reference for the library of this project's own settings. */
const LIBRARIES = '/// <reference lib="esnext.disposable" />\n';

/**
 * Writes the declarations that the entries reach, of all packages of the repository, each as the compiler emits it. Their imports
 * become relative ones. Throws if one of them leads to a package that a consumer does not install.
 */
export async function writeDeclarations(options: DeclarationOptions): Promise<void> {
  const emitted = await mkdtemp(join(tmpdir(), "pack-types-"));
  try {
    await emit(options, emitted);
    const open = options.sources.map(declarationOf);
    const written = new Set<string>();
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (written.has(path)) continue;
      written.add(path);
      const { text, targets } = rewrite(path, await readFile(join(emitted, path), "utf8"), options);
      const out = join(options.outFolder, packedPath(path));
      await mkdir(dirname(out), { recursive: true });
      await writeFile(out, text.includes("AsyncDisposable") ? LIBRARIES + text : text);
      open.push(...targets);
    }
  } finally {
    await rm(emitted, { recursive: true });
  }
}

/** `packages/events/src/index.d.ts` → `events/index.d.ts`. */
export const packedPath = (path: string): string => path.replace(/^packages\/([^/]+)\/src\//, "$1/");

export const declarationOf = (source: string): string => source.replace(/\.ts$/, ".d.ts");

/** The compiler takes these settings from a file only. */
async function emit({ root, sources, aliases }: DeclarationOptions, outDir: string): Promise<void> {
  const config = join(outDir, "tsconfig.json");
  const below = (path: string): string => join(root, path);
  const compilerOptions = {
    declaration: true,
    emitDeclarationOnly: true,
    noEmit: false,
    outDir,
    rootDir: root,
    typeRoots: [below("node_modules/@types")],
    // Without these paths the packages would be installed ones, of which the compiler emits nothing.
    paths: {
      ...Object.fromEntries(
        Object.entries({ ...ownModules(root), ...aliases }).map(([name, path]) => [name, [below(path)]]),
      ),
    },
  };
  const settings = { extends: below("tsconfig.json"), compilerOptions, include: [], files: sources.map(below) };
  await writeFile(config, JSON.stringify(settings));
  try {
    await promisify(execFile)(below("node_modules/.bin/tsc"), ["-p", config], { cwd: root });
  } catch (error) {
    const output: unknown = error instanceof Error ? Reflect.get(error, "stdout") : undefined;
    throw new Error(`The declarations do not compile:\n${output}`, { cause: error });
  }
}

/** The text with relative imports, and the declarations that it imports. */
export function rewrite(path: string, text: string, options: Pick<DeclarationOptions, "aliases" | "external">) {
  const targets: string[] = [];
  const rewritten = text.replaceAll(SPECIFIER, (_, before: string, specifier: string) => {
    const target = targetOf(path, specifier, options);
    if (target === undefined) return `${before}"${specifier}"`;
    targets.push(declarationOf(target));
    const from = posix.dirname(packedPath(path));
    const to = relative(from, packedPath(target)).replace(/\.ts$/, ".js");
    return `${before}"${to.startsWith(".") ? to : `./${to}`}"`;
  });
  return { text: rewritten, targets };
}

/** The source that an import leads to; `undefined` for a package that is installed beside. */
function targetOf(
  path: string,
  specifier: string,
  { aliases, external }: Pick<DeclarationOptions, "aliases" | "external">,
) {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(path), specifier);
  const alias = aliases[specifier];
  if (alias !== undefined) return alias;
  const own = ownModules(ROOT)[specifier];
  if (own !== undefined) return own;
  const isInstalled = external.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  if (isInstalled || specifier.startsWith("node:")) return undefined;
  throw new Error(`${path} imports the types of ${specifier}, which a consumer does not install`);
}
