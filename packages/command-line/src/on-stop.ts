const PARENT_CHECK_MS = 250;

/** Calls back when this process is asked to stop: by a signal, by Ctrl-C, or by a signal to the npm that runs it. */
export function onStop(stop: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // npm runs its scripts in a shell. A signal to npm ends the shell and does not reach us, but it was meant for us.
  // biome-ignore lint/style/noProcessEnv: only there does npm say that it started this process.
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && stop(), PARENT_CHECK_MS).unref();
}
