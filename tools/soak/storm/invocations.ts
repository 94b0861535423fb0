import type { SQSRecord } from "aws-lambda";
import type { InvocationUnderWay, SoakRecorder } from "../recorder.ts";

/** The end of a batch, as the poller reports it. */
interface BatchEnd {
  readonly records: readonly SQSRecord[];
  readonly failed: ReadonlySet<string>;
  readonly error?: string;
}

/** Observes the poller's batches, and which of them a kill has hit. */
export function watchInvocations(recorder: SoakRecorder) {
  const underWay = new Map<readonly SQSRecord[], InvocationUnderWay>();
  let kills = 0;
  let killsUnderWay = 0;
  return {
    onInvoke(records: readonly SQSRecord[]): void {
      const invocation = recorder.invoked(records);
      // It may get a process that is about to die.
      if (killsUnderWay > 0) invocation.killed();
      underWay.set(records, invocation);
    },
    onBatch({ records, failed, error }: BatchEnd): void {
      underWay.get(records)?.ended((messageId) => failed.has(messageId), error);
      underWay.delete(records);
    },
    async killing(kill: Promise<void>): Promise<void> {
      kills += 1;
      killsUnderWay += 1;
      for (const invocation of underWay.values()) invocation.killed();
      await kill.finally(() => {
        killsUnderWay -= 1;
      });
    },
    get kills() {
      return kills;
    },
  };
}
