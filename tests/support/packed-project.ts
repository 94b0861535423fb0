import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildPackage, packTarball } from "../../tools/pack/pack.ts";
import { RECIPES } from "../../tools/pack/recipes.ts";

export interface Ran {
  readonly code: number | string;
  readonly output: string;
}

/** A folder outside the workspace that gets packages of this repository as tarballs, and all others from the registry. */
export interface PackedProject {
  readonly root: string;
  write(path: string, text: string): Promise<void>;
  install(...others: readonly string[]): Promise<void>;
  /** Runs a command in the folder. Never rejects: the output of a command that fails holds the reason. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  remove(): Promise<void>;
}

/** `example` is a folder whose files the project starts with. */
export async function createPackedProject(packages: readonly string[], example?: string): Promise<PackedProject> {
  const root = await mkdtemp(join(tmpdir(), "packed-project-"));
  return await fill(root, packages, example).catch(async (error: unknown) => {
    await rm(root, { recursive: true });
    throw error;
  });
}

async function fill(root: string, packages: readonly string[], example: string | undefined): Promise<PackedProject> {
  const tarballs = await Promise.all(packages.map((name) => packInto(root, name)));
  if (example === undefined) await writeFile(join(root, "package.json"), '{"private":true,"type":"module"}');
  else {
    await cp(example, root, { recursive: true, filter: (path) => !path.includes("node_modules") });
    await putTarballs(root, Object.fromEntries(packages.map((name, index) => [name, tarballs[index] ?? ""])));
  }
  const temporary = join(root, "tmp");
  await mkdir(temporary);
  const run: PackedProject["run"] = (command, args, env = {}) => {
    // Vitest's own variables would reach the vitest of the project.
    const { NODE_ENV: _, VITEST: __, VITEST_MODE: ___, ...inherited } = process.env;
    // Tools leave caches in the temporary folder.
    const options = { cwd: root, env: { ...inherited, TMPDIR: temporary, ...env }, maxBuffer: 10_000_000 };
    return promisify(execFile)(command, args, options).then(
      ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
      ({ code, stdout, stderr }) => ({ code, output: `${stdout}${stderr}` }),
    );
  };
  return {
    root,
    write: (path, text) => writeFile(join(root, path), text),
    async install(...others) {
      const wanted = example === undefined ? [...tarballs, ...others] : others;
      const { code, output } = await run("npm", ["install", "--no-audit", "--no-fund", ...wanted]);
      if (code !== 0) throw new Error(output);
    },
    run,
    remove: () => rm(root, { recursive: true }),
  };
}

async function packInto(root: string, name: string): Promise<string> {
  const built = join(root, "built", name);
  for (const recipe of RECIPES.filter(({ folder }) => folder === name)) await buildPackage(recipe, built);
  const tarball = await packTarball(built, root);
  await rm(join(root, "built", name), { recursive: true });
  return tarball;
}

/** The tarballs take the place of the versions in the registry. */
async function putTarballs(root: string, tarballs: Readonly<Record<string, string>>): Promise<void> {
  const path = join(root, "package.json");
  const manifest = JSON.parse(await readFile(path, "utf8"));
  for (const members of [manifest.dependencies ?? {}, manifest.devDependencies ?? {}])
    for (const [name, tarball] of Object.entries(tarballs))
      if (`@realtime-gateway/${name}` in members) members[`@realtime-gateway/${name}`] = `file:${tarball}`;
  await mkdir(root, { recursive: true });
  await writeFile(path, JSON.stringify(manifest));
}
