import { readFileSync } from "node:fs";

const PARENT_CHECK_MS = 250;

/** Calls back each time this process is asked to stop: by a signal, by Ctrl-C, or by a signal to the npm that runs it. */
export function onStop(stop: () => void): void {
  let stopped = false;
  const askToStop = (): void => {
    stopped = true;
    stop();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, askToStop);
  // npm runs its scripts in a shell. A signal to npm ends the shell and never reaches this process.
  // biome-ignore lint/style/noProcessEnv: npm announces itself only there.
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  // After a SIGKILL of npm its shell survives, with another parent.
  const isOrphan = (): boolean => process.ppid !== shell || parentOf(shell) !== npm;
  const check = setInterval(() => {
    if (!stopped && !isOrphan()) return;
    clearInterval(check);
    if (!stopped) askToStop();
  }, PARENT_CHECK_MS).unref();
}

/** `undefined` where the system has no `/proc`, as on macOS: there only the end of the shell counts. */
function parentOf(pid: number): string | undefined {
  try {
    return /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

export interface StopSignalOptions {
  onFirstStop?(): void;
  /** A person who asks twice does not have the patience for a clean end. */
  onSecondStop?(): void;
}

/** Aborted when this process is asked to stop, or when the reader of standard output is gone, as after `| head`. */
export function createStopSignal({ onFirstStop, onSecondStop }: StopSignalOptions = {}): AbortSignal {
  const stopping = new AbortController();
  const { signal } = stopping;
  process.stdout.on("error", () => stopping.abort());
  onStop(() => {
    if (signal.aborted) {
      onSecondStop?.();
      return;
    }
    stopping.abort();
    onFirstStop?.();
  });
  return signal;
}
