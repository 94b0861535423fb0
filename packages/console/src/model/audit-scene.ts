/** One event of the audit that the page plays. */
export interface PlayedEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const STEPS = 3;

/**
 * An audit from its start to its end, about the entities of one run. Each payload is the sample of the catalog with some
 * changes. An event that the catalog does not list is left out.
 */
export function playedAudit(
  sampleOf: (type: string) => Readonly<Record<string, unknown>> | undefined,
  id: string,
): readonly PlayedEvent[] {
  const audit = { audit_id: id, fiche_id: id };
  const steps = Array.from({ length: STEPS }, (_, index) => index + 1);
  const lines: readonly (readonly [type: string, changes: object])[] = [
    ["notification", { type: "info", message: `Audit ${id} starts` }],
    ["audit.fiche_fetch_started", audit],
    ["audit.fiche_fetch_completed", audit],
    ["audit.started", { ...audit, total_steps: STEPS }],
    ["transcription.started", { fiche_id: id }],
    ["transcription.progress", { fiche_id: id }],
    ["transcription.completed", { fiche_id: id }],
    ["audit.timeline_generated", audit],
    ["audit.analysis_started", { ...audit, total_steps: STEPS }],
    ...steps.flatMap((step_position): readonly (readonly [string, object])[] => [
      ["audit.step_started", { ...audit, step_position, total_steps: STEPS }],
      ["audit.step_completed", { ...audit, step_position, ...(step_position === 2 && LARGE) }],
      ["audit.progress", { ...audit, completed_steps: step_position, total_steps: STEPS, current_phase: "analysis" }],
    ]),
    ["audit.compliance_calculated", audit],
    ["audit.completed", { ...audit, successful_steps: STEPS, failed_steps: 0 }],
    ["notification", { type: "success", message: `Audit ${id} is done` }],
  ];
  return lines.flatMap(([type, changes]) => {
    const sample = sampleOf(type);
    return sample === undefined ? [] : [{ type, data: { ...sample, ...changes } }];
  });
}

/** The second step is larger than Pusher allows, so that one event of the audit is truncated. */
const LARGE = {
  citations: Array.from({ length: 60 }, (_, index) => ({ index, quote: "fourteen days to withdraw ".repeat(8) })),
};
