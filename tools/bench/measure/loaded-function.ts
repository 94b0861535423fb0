import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startProcess } from "./bench-process.ts";

/** What putting all events through a function once has cost, and what the function answered. */
export interface Run {
  readonly wallMs: number;
  /** Of the whole process, user and system. */
  readonly cpuMs: number;
  /** The largest resident set that the process has had so far. */
  readonly peakMb: number;
  readonly answers: readonly unknown[];
}

export interface LoadedFunction {
  run(): Promise<Run>;
  stop(): Promise<void>;
}

export interface LoadedFunctionOptions {
  /** An ES module that exports `handler`. */
  readonly modulePath: string;
  /** From `writeEvents`. */
  readonly eventsPath: string;
  readonly env: Readonly<Record<string, string>>;
  /** What runs the function, where it is not `load-process.ts` itself. */
  readonly script?: URL;
  /** Whether the function did its work: the figures of a failing one would mean nothing. */
  readonly accepts: (answer: unknown) => boolean;
}

export const LOAD_PROCESS = new URL("./load-process.ts", import.meta.url);

/** A function in a process of its own, so that nobody else's garbage or compiled code counts as its. */
export function loadFunction(options: LoadedFunctionOptions): LoadedFunction {
  const { modulePath, eventsPath, env, accepts, script = LOAD_PROCESS } = options;
  const { ask, stop } = startProcess(script, [modulePath, eventsPath], env);
  return {
    async run() {
      const run = await ask("run");
      if (!isRun(run)) throw new TypeError(`${modulePath}: not a run: ${JSON.stringify(run)}`);
      const refusal = run.answers.find((answer) => !accepts(answer));
      if (refusal !== undefined) throw new Error(`${modulePath} failed: ${JSON.stringify(refusal)}`);
      return run;
    },
    stop,
  };
}

export async function writeEvents(directory: string, name: string, events: readonly unknown[]): Promise<string> {
  const path = join(directory, `${name}.json`);
  await writeFile(path, JSON.stringify(events));
  return path;
}

function isRun(value: unknown): value is Run {
  if (typeof value !== "object" || value === null) return false;
  const { wallMs, cpuMs, peakMb, answers }: Partial<Run> = value;
  const figures = [wallMs, cpuMs, peakMb];
  return figures.every((figure) => typeof figure === "number") && Array.isArray(answers);
}
