import type { BatchObservation } from "@realtime-gateway/local";
import type { SQSRecord } from "aws-lambda";
import type { InvocationUnderWay, Recorder } from "./recorder.ts";

/** Tells the poller's batches apart, and which of them a kill has hit. */
export function watchInvocations(recorder: Recorder) {
  const underWay = new Map<readonly SQSRecord[], InvocationUnderWay>();
  let kills = 0;
  let killsUnderWay = 0;
  return {
    onInvoke(records: readonly SQSRecord[]): void {
      const invocation = recorder.invoked(records.map(({ body }) => body));
      // It may get hold of a process that is about to die.
      if (killsUnderWay > 0) invocation.killed();
      underWay.set(records, invocation);
    },
    onBatch({ records, failed, error }: BatchObservation): void {
      underWay.get(records)?.ended((position) => failed.has(records[position]?.messageId ?? ""), error);
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
    get underWay() {
      return underWay.size;
    },
    get kills() {
      return kills;
    },
  };
}
