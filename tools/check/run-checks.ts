/** One check: a command that succeeds when there is nothing to mend. */
export interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

export interface CheckResult {
  readonly passed: boolean;
  readonly output: string;
}

interface Effects {
  readonly run: (check: Check) => Promise<CheckResult>;
  readonly print: (line: string) => void;
  readonly nowMs: () => number;
}

const NAME_WIDTH = 12;

/**
 * Runs every check, some at a time, and prints one line for each. The outputs of those that failed come last, so that a
 * reader sees them without scrolling. Resolves to whether all passed.
 */
export async function runChecks(checks: readonly Check[], concurrency: number, effects: Effects): Promise<boolean> {
  const { run, print, nowMs } = effects;
  const waiting = [...checks];
  const failures: { readonly name: string; readonly output: string }[] = [];
  const runNext = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const startMs = nowMs();
      const { passed, output } = await run(check);
      const seconds = ((nowMs() - startMs) / 1000).toFixed(1);
      print(`${passed ? "ok    " : "FAILED"}  ${check.name.padEnd(NAME_WIDTH)} ${seconds.padStart(5)} s`);
      if (!passed) failures.push({ name: check.name, output });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, runNext));
  for (const { name, output } of failures) print(`\n--- ${name}\n${output.trimEnd()}`);
  return failures.length === 0;
}
