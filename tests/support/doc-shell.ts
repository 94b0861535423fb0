import { spawn } from "node:child_process";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { env } from "node:process";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { ROOT } from "./shell.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

/** The commands of the pages need these. A command writes its files beside them, and not into the project. */
const PROJECT = ["package.json", "node_modules", "packages", "functions", "tools", "infra"];

/** A folder in which a reader runs the commands of a page. The test removes it. */
export async function openDocShell() {
  const { path: folder, remove } = await createTemporaryFolder("doc-shell");
  onTestFinished(remove);
  for (const name of PROJECT) await symlink(join(ROOT, name), join(folder, name));
  return {
    path: folder,
    read: (name: string): Promise<string> => readFile(join(folder, name), "utf8"),
    write: (name: string, content: string): Promise<void> => writeFile(join(folder, name), content),
    /** Runs a block. Resolves with its output. Rejects if a command fails. */
    async run(block: string, variables: Readonly<Record<string, string>> = {}): Promise<string> {
      const child = startBlock(folder, block, variables);
      const exited = new Promise((resolve) => child.on("close", resolve));
      const [code, output, errors] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
      if (code !== 0) throw new Error(`these commands ended with ${code}:\n${block}\n${output}${errors}`);
      return output.trimEnd();
    },
    /** Starts a block that runs until the test ends. Resolves as soon as it prints these words. */
    async start(block: string, words: string): Promise<void> {
      const child = startBlock(folder, block, {});
      let printed = "";
      await new Promise<void>((resolve, reject) => {
        const read = (chunk: Buffer): void => {
          printed += chunk;
          if (printed.includes(words)) resolve();
        };
        child.stdout.on("data", read);
        child.stderr.on("data", read);
        child.on("close", () => reject(new Error(`these commands ended:\n${block}\n${printed}`)));
      });
    },
  };
}

/** A block in a group of its own, which ends with the test: npm does not end what it started. */
function startBlock(cwd: string, block: string, variables: Readonly<Record<string, string>>) {
  const { PATH: path = "" } = env;
  const PATH = `${dirname(process.execPath)}:${path}`;
  const child = spawn("bash", ["-eu", "-o", "pipefail", "-c", block], {
    cwd,
    env: { PATH, HOME: cwd, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  onTestFinished(() => endGroup(child.pid));
  return child;
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended.
  }
}
