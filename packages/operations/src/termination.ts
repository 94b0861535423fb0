import type { PublishFailureCode } from "@realtime-gateway/codes";
import type { Publication } from "@realtime-gateway/pusher";

export interface TerminationDeps {
  readonly terminateUserConnections: (userId: string) => Promise<Publication>;
  readonly signal: AbortSignal;
  readonly report: TerminationReport;
}

/** The results: each as soon as it is certain, and the totals. */
export interface TerminationReport {
  outcome(userId: string, result: Publication): void;
  summary(summary: TerminationSummary): void;
}

export interface TerminationSummary {
  /** Users without connections now. Pusher does not report if they had any before. */
  readonly terminated: number;
  readonly failed: number;
  readonly failureCodes: ReadonlySet<PublishFailureCode>;
  /** Users that were not tried because of the stop signal. */
  readonly left: number;
}

/** Closes the connections of one user after another. A failure does not stop the others. */
export async function terminate(userIds: readonly string[], deps: TerminationDeps): Promise<TerminationSummary> {
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
  const summary = { terminated, failed, failureCodes, left: userIds.length - terminated - failed };
  report.summary(summary);
  return summary;
}
