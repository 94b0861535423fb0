import type { Producer } from "@realtime-gateway/producer";
import type { AuditState, StepState } from "../platform.ts";
import type { PlatformState } from "./platform-state.ts";

/** The step that does not pass, so that the page shows both outcomes. */
const FAILING_STEP = 4;
const POINTS_PER_STEP = 5;

export interface AuditRunDeps {
  readonly state: PlatformState;
  readonly producer: Pick<Producer, "send">;
  /** Resolves when the next change may happen. */
  readonly nextChange: () => Promise<void>;
}

/** Plays one audit. Each change is first in the state and then an event, so a reader of the event finds the change. */
export async function runAudit(auditId: string, deps: AuditRunDeps): Promise<void> {
  const { state, producer } = deps;
  const { steps } = state.audit(auditId);
  await producer.send("audit.started", {
    ...idsOf(deps, auditId),
    audit_config_id: "10",
    audit_config_name: "Distance selling",
    total_steps: steps.length,
    started_at: new Date().toISOString(),
    status: "started",
  });
  await notify(deps, "info", "An audit has started");
  await transcribe(deps, auditId);
  for (const step of steps) await runStep(deps, auditId, step);
  await complete(deps, auditId);
}

const idsOf = ({ state }: AuditRunDeps, audit_id: string) => ({ audit_id, fiche_id: state.fiche().id });

async function transcribe(deps: AuditRunDeps, auditId: string): Promise<void> {
  const { state, producer, nextChange } = deps;
  const { id: fiche_id, recordings } = state.fiche();
  for (let transcribed = 1; transcribed <= recordings; transcribed += 1) {
    await nextChange();
    state.changeFiche({ transcribed });
    await producer.send("transcription.progress", {
      fiche_id,
      total_recordings: recordings,
      transcribed,
      pending: recordings - transcribed,
      failed: 0,
      progress_percentage: (100 * transcribed) / recordings,
      status: "in_progress",
    });
  }
  state.changeAudit(auditId, { phase: "analysis" });
}

async function runStep(deps: AuditRunDeps, auditId: string, { position, name }: StepState): Promise<void> {
  const { state, producer, nextChange } = deps;
  const step = { ...idsOf(deps, auditId), step_position: position, step_name: name };
  await nextChange();
  state.changeStep(auditId, position, "running");
  await producer.send("audit.step_started", { ...step, status: "processing" });
  await nextChange();
  const passes = position !== FAILING_STEP;
  state.changeStep(auditId, position, passes ? "passed" : "failed");
  if (passes) await producer.send("audit.step_completed", { ...step, conforme: true, status: "completed" });
  else await producer.send("audit.step_failed", { ...step, error: "The period is not mentioned", status: "failed" });
  const { steps } = state.audit(auditId);
  await producer.send("audit.progress", {
    ...idsOf(deps, auditId),
    completed_steps: position,
    total_steps: steps.length,
    failed_steps: countOf(steps, "failed"),
    current_phase: "analysis",
  });
}

async function complete(deps: AuditRunDeps, auditId: string): Promise<void> {
  const { state, producer, nextChange } = deps;
  await nextChange();
  const { steps } = state.audit(auditId);
  const passed = countOf(steps, "passed");
  const scorePercent = Math.round((100 * passed) / steps.length);
  state.changeAudit(auditId, { phase: "done", status: "completed", scorePercent });
  await producer.send("audit.completed", {
    ...idsOf(deps, auditId),
    overall_score: `${passed * POINTS_PER_STEP}/${steps.length * POINTS_PER_STEP}`,
    score_percentage: `${scorePercent}`,
    niveau: "BON",
    is_compliant: true,
    successful_steps: passed,
    failed_steps: countOf(steps, "failed"),
    total_tokens: 15_230,
    duration_seconds: 84.2,
    completed_at: new Date().toISOString(),
    status: "completed",
  });
  await notify(deps, "success", `The audit has ended with ${scorePercent} %`);
}

/** Adds a notification, and sends it to every page. */
export async function notify(
  { state, producer }: Pick<AuditRunDeps, "state" | "producer">,
  type: "info" | "success",
  message: string,
): Promise<void> {
  state.addToast(type, message);
  await producer.send("notification", { type, message });
}

const countOf = (steps: AuditState["steps"], wanted: StepState["status"]): number =>
  steps.filter(({ status }) => status === wanted).length;
