import type { WriteStream } from "node:tty";

/** Shows the current step on one line of a terminal; elsewhere, one line per step. */
export function createProgress(output: WriteStream, startedAtMs = performance.now()) {
  const seconds = () => `${((performance.now() - startedAtMs) / 1000).toFixed(0).padStart(3)} s`;
  return {
    show(step: string): void {
      output.write(output.isTTY ? `\r\u001b[K${seconds()}  ${step}` : `${seconds()}  ${step}\n`);
    },
    clear(): void {
      if (output.isTTY) output.write("\r\u001b[K");
    },
  };
}
