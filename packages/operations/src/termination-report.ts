import type { PublishFailureCode } from "@realtime-gateway/codes";
import { printable } from "@realtime-gateway/command-line";
import type { TerminationEnding, TerminationReport } from "./termination.ts";

export interface TerminationReportOptions {
  readonly write: (text: string) => void;
  /** To standard error. */
  readonly note: (text: string) => void;
  /** Where Pusher's HTTP API is, for a person to check. */
  readonly peer: string;
}

/** For a person. */
export const createTerminationReport = ({ write, note, peer }: TerminationReportOptions): TerminationReport => ({
  outcome: (userId, result) =>
    result.ok
      ? write(`closed the connections of ${printable(userId)}\n`)
      : note(`not closed: the connections of ${printable(userId)} (${result.code}: ${result.detail})`),
  ending: (ending) => {
    for (const code of ending.failureCodes) note(ADVICE[code](peer));
    write(`${renderTerminationEnding(ending)}\n`);
  },
});

/** One object a line; the last one has `ending`. */
export function createTerminationJsonReport(write: (text: string) => void): TerminationReport {
  const line = (object: unknown): void => write(`${JSON.stringify(object)}\n`);
  return {
    outcome: (user, result) =>
      line(
        result.ok
          ? { user, outcome: "terminated" }
          : { user, outcome: "failed", code: result.code, detail: result.detail },
      ),
    ending: ({ terminated, failed, left }) =>
      line({ ending: left > 0 ? "interrupted" : "complete", terminated, failed, left }),
  };
}

const ADVICE: Readonly<Record<PublishFailureCode, (peer: string) => string>> = {
  pusher_misconfigured: (peer) =>
    `${peer} refuses this app's credentials: check PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_CLUSTER or ` +
    "PUSHER_HOST, and in Pusher's dashboard whether the app is disabled or over its quota.",
  pusher_unavailable: (peer) => `${peer} cannot be reached or is in trouble: look at Pusher's status page.`,
  pusher_rate_limited: (peer) => `${peer} asks for a pause: wait a minute.`,
  rejected_by_pusher: (peer) => `${peer} does not take such an id.`,
};

/** What was done, and what it does not do: closed connections are no ban. */
const AFTERWARDS = `Pusher does not say whether they had any. Connections that never signed in are not closed.
When they come back, what they may hear is decided anew: in open mode nothing stops them, grants in a token that has not
expired still count, and an ownership answer is believed for REALTIME_OWNERSHIP_CACHE_SECONDS.`;

export function renderTerminationEnding({ terminated, failed, left }: TerminationEnding): string {
  const others = [...(failed > 0 ? [`${failed} failed`] : []), ...(left > 0 ? [`${left} not tried`] : [])];
  const again = others.length > 0 ? " Run it again for those: closing twice does no harm." : "";
  const done = `Closed the connections of ${terminated} ${terminated === 1 ? "user" : "users"}`;
  return `${[done, ...others].join("; ")}.${again}${terminated > 0 ? `\n${AFTERWARDS}` : ""}`;
}
