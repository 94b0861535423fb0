import type { WriteStream } from "node:tty";
import { createProgress } from "../../bench/progress.ts";
import type { SoakProgress } from "../soak.ts";

/** A log gets a line every few seconds. */
const LOG_EVERY_MS = 5_000;

/** Shows the run's progress on one line, in place on a terminal. */
export function createProgressLine(output: WriteStream, messages: number) {
  const progress = createProgress(output);
  let loggedAtMs = performance.now();
  return {
    show({ sent, acknowledged, publications, invocations, kills }: SoakProgress): void {
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
