import type { WriteStream } from "node:tty";
import { createProgress } from "../../bench/progress.ts";
import type { Position } from "../soak.ts";

/** Where nobody looks on, a line of the log every so often is enough. */
const LOG_EVERY_MS = 5_000;

/** The run's progress on one line, in place on a terminal. */
export function createProgressLine(output: WriteStream, messages: number) {
  const progress = createProgress(output);
  let loggedAtMs = performance.now();
  return {
    show({ sent, acknowledged, publications, invocations, kills }: Position): void {
      const nowMs = performance.now();
      if (!output.isTTY && nowMs - loggedAtMs < LOG_EVERY_MS) return;
      loggedAtMs = nowMs;
      const share = Math.floor((100 * acknowledged) / messages);
      progress.show(
        `${share} %  ${sent} sent  ${acknowledged} acknowledged  ${publications} published  ${invocations} invocations  ${kills} kills`,
      );
    },
    clear: progress.clear,
  };
}
