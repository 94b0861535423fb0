import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTemporaryFolder } from "./temporary-folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SCOPE = "@realtime-gateway";
/** Generated folders. */
const LEFT_OUT = new Set(["node_modules", "dist", ".sst", ".git", "coverage"]);

/** The end of a command in the copy. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the project's sources that a test may change. It shares the installed dependencies. */
export interface ScratchProject {
  readonly root: string;
  read(path: string): Promise<string>;
  /** Writes a file, and the folders that it needs. */
  write(path: string, text: string): Promise<void>;
  /** Runs a command of `node_modules/.bin` in the copy. */
  run(command: string, ...args: readonly string[]): Promise<CommandResult>;
  remove(): Promise<void>;
}

export async function createScratchProject(): Promise<ScratchProject> {
  const { path: root, remove } = await createTemporaryFolder("copy");
  for (const entry of (await readdir(ROOT)).filter((name) => !LEFT_OUT.has(name)))
    await cp(join(ROOT, entry), join(root, entry), {
      recursive: true,
      filter: (source) => !LEFT_OUT.has(basename(source)),
    });
  await linkDependencies(root);
  const at = (path: string): string => join(root, path);
  return {
    root,
    read: (path) => readFile(at(path), "utf8"),
    async write(path, text) {
      await mkdir(dirname(at(path)), { recursive: true });
      await writeFile(at(path), text);
    },
    run: (command, ...args) => run(join(ROOT, "node_modules/.bin", command), args, root),
    remove,
  };
}

/** Shares the dependencies of the project. The workspaces are those of the copy. */
async function linkDependencies(root: string): Promise<void> {
  const [from, to] = [join(ROOT, "node_modules"), join(root, "node_modules")];
  await mkdir(join(to, SCOPE), { recursive: true });
  for (const name of await readdir(from))
    if (name !== SCOPE && !name.startsWith(".vite")) await symlink(join(from, name), join(to, name));
  for (const name of await readdir(join(from, SCOPE)))
    await symlink(await readlink(join(from, SCOPE, name)), join(to, SCOPE, name));
}

const run = (file: string, args: readonly string[], cwd: string): Promise<CommandResult> =>
  new Promise((resolve) => {
    execFile(file, args, { cwd }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : Number(error !== null), stdout, stderr }),
    );
  });
