import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { COMPILE_CACHE } from "./compile-cache.ts";

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command as a process of its own, with an environment of its own and no terminal. `input` is its standard input. */
export function startCli(path: string, flags: readonly string[], env: Readonly<Record<string, string>>, input = "") {
  const child = spawn(process.execPath, [path, ...flags], {
    env: { ...COMPILE_CACHE, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A command that does not read its input may close it first.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "close").then(([code]) => (typeof code === "number" ? code : null));
  const result: Promise<CliResult> = Promise.all([exited, text(child.stdout), text(child.stderr)]).then(
    ([exitCode, stdout, stderr]) => ({ exitCode, stdout, stderr }),
  );
  /** Resolves once standard error contains these words. */
  const prints = (words: string): Promise<void> =>
    new Promise((resolve) => {
      child.stderr.on("data", (chunk) => String(chunk).includes(words) && resolve());
    });
  return { result, prints, kill: (signal: NodeJS.Signals) => void child.kill(signal) };
}

export const jsonLines = (text: string): readonly unknown[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
