import type { CatalogEvents, Producer } from "@realtime-gateway/producer";

/** Runs the steps of an audit one after another, and reports the progress. Resolves with the number of failed steps. */
export async function runAudit(
  auditId: string,
  steps: readonly (() => Promise<void>)[],
  realtime: Pick<Producer<CatalogEvents>, "send">,
): Promise<number> {
  let failed = 0;
  for (const [index, step] of steps.entries()) {
    await step().catch(() => {
      failed += 1;
    });
    await realtime.send("audit.progress", {
      audit_id: auditId,
      completed_steps: index + 1 - failed,
      total_steps: steps.length,
      failed_steps: failed,
      current_phase: "analysis",
    });
  }
  return failed;
}
