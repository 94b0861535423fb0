import type { PublishFailureCode } from "@realtime-gateway/codes";
import type { Publication } from "@realtime-gateway/pusher";

export interface TerminationDeps {
  readonly terminateUserConnections: (userId: string) => Promise<Publication>;
  readonly signal: AbortSignal;
  readonly report: TerminationReport;
}

/** Where results go: each as soon as it is known, and what they come to. */
export interface TerminationReport {
  outcome(userId: string, result: Publication): void;
  ending(ending: TerminationEnding): void;
}

export interface TerminationEnding {
  /** Users whose connections are closed; whether they had any, Pusher does not say. */
  readonly terminated: number;
  readonly failed: number;
  readonly failureCodes: ReadonlySet<PublishFailureCode>;
  /** Users who were not tried any more. */
  readonly left: number;
}

/** Closes the connections of one user after another. One who fails does not keep the others. */
export async function terminate(userIds: readonly string[], deps: TerminationDeps): Promise<TerminationEnding> {
  const { terminateUserConnections, signal, report } = deps;
  const failureCodes = new Set<PublishFailureCode>();
  let terminated = 0;
  let failed = 0;
  for (const userId of userIds) {
    if (signal.aborted) break;
    const result = await terminateUserConnections(userId);
    report.outcome(userId, result);
    if (result.ok) terminated += 1;
    else {
      failed += 1;
      failureCodes.add(result.code);
    }
  }
  const ending = { terminated, failed, failureCodes, left: userIds.length - terminated - failed };
  report.ending(ending);
  return ending;
}
