import { PUBLISH_FAILURES, type PublishFailureCode } from "@realtime-gateway/codes";
import { printable } from "@realtime-gateway/command-line";
import type { TerminationReport, TerminationSummary } from "./termination.ts";

export interface TerminationReportOptions {
  readonly write: (text: string) => void;
  /** Writes a line to standard error. */
  readonly note: (text: string) => void;
  /** Host and port of Pusher's HTTP API. */
  readonly peer: string;
}

/** Lines of text for a person. */
export const createTerminationReport = ({ write, note, peer }: TerminationReportOptions): TerminationReport => ({
  outcome: (userId, result) =>
    result.ok
      ? write(`closed the connections of ${printable(userId)}\n`)
      : note(`not closed: the connections of ${printable(userId)} (${result.code}: ${result.detail})`),
  summary: (summary) => {
    for (const code of summary.failureCodes) note(`${peer}: ${ADVICE[code].replaceAll("`", "")}`);
    write(`${renderTerminationSummary(summary)}\n`);
  },
});

/** One object a line for a program. The last one has `ending`. */
export function createTerminationJsonReport(write: (text: string) => void): TerminationReport {
  const line = (object: unknown): void => write(`${JSON.stringify(object)}\n`);
  return {
    outcome: (user, result) =>
      line(
        result.ok
          ? { user, outcome: "terminated" }
          : { user, outcome: "failed", code: result.code, detail: result.detail },
      ),
    summary: ({ terminated, failed, left }) =>
      line({ ending: left > 0 ? "interrupted" : "complete", terminated, failed, left }),
  };
}

const { pusher_misconfigured, pusher_unavailable, pusher_rate_limited } = PUBLISH_FAILURES;

/** The table of codes advises for events; an action that does not fit this command is replaced. */
const ADVICE: Readonly<Record<PublishFailureCode, string>> = {
  pusher_misconfigured: `${pusher_misconfigured.meaning}. ${pusher_misconfigured.action}`,
  pusher_unavailable: `${pusher_unavailable.meaning}. Check the address, and look at Pusher's status page.`,
  pusher_rate_limited: `${pusher_rate_limited.meaning}. Run the command again in a minute.`,
  rejected_by_pusher: "Pusher does not accept this user id.",
};

const AFTERWARDS = `Pusher does not report if they had any. Connections that never signed in are still open.
A user may connect again, and the gateway then authorizes each channel anew. In open mode it authorizes everyone; grants
count until the token expires; an ownership answer is cached for REALTIME_OWNERSHIP_CACHE_SECONDS.`;

export function renderTerminationSummary({ terminated, failed, left }: TerminationSummary): string {
  const others = [...(failed > 0 ? [`${failed} failed`] : []), ...(left > 0 ? [`${left} not tried`] : [])];
  const again = others.length > 0 ? " Run it again for those: closing twice does no harm." : "";
  const done = `Closed the connections of ${terminated} ${terminated === 1 ? "user" : "users"}`;
  return `${[done, ...others].join("; ")}.${again}${terminated > 0 ? `\n${AFTERWARDS}` : ""}`;
}
