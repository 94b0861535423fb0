import { spawn } from "node:child_process";
import { once } from "node:events";
import { env } from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { COMPILE_CACHE } from "./compile-cache.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface ShellResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface ShellOptions {
  readonly cwd?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs the lines as a person who pastes them into a terminal. Only the path and the home folder are inherited. */
export async function shell(lines: string, { cwd = ROOT, variables = {} }: ShellOptions = {}): Promise<ShellResult> {
  const { PATH = "", HOME = "" } = env;
  const child = spawn("sh", ["-c", lines], {
    cwd,
    env: { PATH, HOME, ...COMPILE_CACHE, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  return { exitCode: child.exitCode, stdout, stderr };
}
