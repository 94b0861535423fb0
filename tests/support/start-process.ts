import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { COMPILE_CACHE } from "./compile-cache.ts";

const START = fileURLToPath(new URL("../../packages/local/src/cli/start.ts", import.meta.url));

export interface StartProcess {
  /** The next line of standard output. Rejects after the last one. */
  line(): Promise<string>;
  /** Every line of standard output, once the process has ended. */
  lines(): Promise<readonly string[]>;
  readonly stderr: () => string;
  readonly exitCode: Promise<number | null>;
  interrupt(): void;
}

/** `npm start` as a process of its own, with an environment of its own. */
export function start(flags: readonly string[], env: Readonly<Record<string, string>> = {}): StartProcess {
  const child = spawn(process.execPath, [START, ...flags], {
    env: { ...COMPILE_CACHE, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const output = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exitCode = once(child, "exit").then(([code]) => (typeof code === "number" ? code : null));
  return {
    async line() {
      const { done, value } = await output.next();
      if (done) throw new Error(`the process ended: ${stderr}`);
      return value;
    },
    async lines() {
      const lines: string[] = [];
      for (let next = await output.next(); !next.done; next = await output.next()) lines.push(next.value);
      return lines;
    },
    stderr: () => stderr,
    exitCode,
    interrupt: () => void child.kill("SIGINT"),
  };
}

export const ANY_PORTS = ["--http-port", "0", "--sqs-port", "0", "--pusher-port", "0"];

/** The variables that `npm start` prints for another service's `.env`. */
export async function printedVariables(gateway: StartProcess): Promise<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (let line = await gateway.line(); !line.startsWith("Ready"); line = await gateway.line()) {
    const [, name, value] = /^ {2}([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) variables[name] = value;
  }
  return variables;
}
