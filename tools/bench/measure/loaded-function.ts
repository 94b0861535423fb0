import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startProcess } from "./bench-process.ts";

/** The cost of one pass of all events through a function, and its answers. */
export interface LoadRun {
  readonly wallMs: number;
  /** CPU time of the whole process, user and system. */
  readonly cpuMs: number;
  /** The largest resident set that the process has had so far. */
  readonly peakMb: number;
  readonly answers: readonly unknown[];
}

export interface LoadedFunction {
  run(): Promise<LoadRun>;
  stop(): Promise<void>;
}

export interface LoadedFunctionOptions {
  /** An ES module that exports `handler`. */
  readonly modulePath: string;
  /** From `writeEvents`. */
  readonly eventsPath: string;
  readonly env: Readonly<Record<string, string>>;
  /** The script that runs the function. `load-process.ts` by default. */
  readonly script?: URL;
  /** Checks that the function did its work. Figures of a failing function mean nothing. */
  readonly accepts: (answer: unknown) => boolean;
}

export const LOAD_PROCESS = new URL("./load-process.ts", import.meta.url);

/** A function in a process of its own, so it does not pay for garbage or compiled code of another contender. */
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

function isRun(value: unknown): value is LoadRun {
  if (typeof value !== "object" || value === null) return false;
  const { wallMs, cpuMs, peakMb, answers }: Partial<LoadRun> = value;
  const figures = [wallMs, cpuMs, peakMb];
  return figures.every((figure) => typeof figure === "number") && Array.isArray(answers);
}
