import { randomInt } from "node:crypto";
import { definitionOf, type EventData, type EventName } from "@realtime-gateway/events";
import type { EnvelopeForm } from "./envelope.ts";

/** One event of the played audit. */
export interface SceneEvent {
  readonly name: string;
  readonly data: object;
  readonly envelope: EnvelopeForm;
}

/** The entities of one run; their channels are what the subscribers hear. */
export interface Cast {
  readonly audit_id: string;
  readonly fiche_id: string;
  readonly jobId: string;
  readonly batch_id: string;
}

const RUN_ID_CHARACTERS = "0123456789abcdef";
const RUN_ID_LENGTH = 3;

/** Short, because it is in every channel of a run. Two runs on one Pusher app rarely have the same one. */
export const newRunId = (): string =>
  Array.from({ length: RUN_ID_LENGTH }, () => RUN_ID_CHARACTERS[randomInt(RUN_ID_CHARACTERS.length)]).join("");

export const castOf = (run: string): Cast => ({ audit_id: run, fiche_id: run, jobId: run, batch_id: run });

const STEPS = ["Présentation", "Découverte du besoin", "Devoir de conseil", "Rétractation", "Récapitulatif"] as const;
/** Every producer has its own way of sending; the relay reads them all. */
const ENVELOPES: readonly EnvelopeForm[] = ["cloudevents", "legacy", "cloudevents in SNS", "legacy in EventBridge"];

/** One audit from the first fetched day to the last toast: events of all five families, one of them above the limit. */
export function playAudit(cast: Cast): readonly SceneEvent[] {
  const { audit_id, fiche_id, jobId, batch_id } = cast;
  const audit = { audit_id, fiche_id };
  const lines: readonly (readonly [name: EventName, changes: object])[] = [
    ["notification", { type: "info", message: "Audit lancé" }],
    ["fiches.progressive_fetch.created", { jobId }],
    ["fiches.progressive_fetch.progress", { jobId, completedDays: 1, progress: 33 }],
    ["fiches.progressive_fetch.progress", { jobId, completedDays: 2, progress: 67, latestDate: "2026-02-27" }],
    ["fiches.progressive_fetch.complete", { jobId }],
    ["batch.progress", { batch_id, completed: 12 }],
    ["audit.fiche_fetch_started", { fiche_id }],
    ["audit.fiche_fetch_completed", { fiche_id }],
    ["audit.started", audit],
    ["audit.config_loaded", audit],
    ["audit.transcription_check", audit],
    ["transcription.started", { fiche_id }],
    ["transcription.status_check", { fiche_id }],
    ["transcription.recording_started", { fiche_id, recording_index: 1 }],
    ["transcription.recording_completed", { fiche_id, recording_index: 1 }],
    ["transcription.progress", { fiche_id, transcribed: 2, pending: 1 }],
    ["transcription.recording_started", { fiche_id, recording_index: 2, call_id: "call-55022" }],
    ["transcription.recording_failed", { fiche_id }],
    ["transcription.progress", { fiche_id, transcribed: 2, pending: 0, failed: 1 }],
    ["transcription.completed", { fiche_id, transcribed: 2, failed: 1 }],
    ["audit.timeline_generated", audit],
    ["audit.analysis_started", audit],
    ...STEPS.flatMap((step_name, index) => playStep(audit, step_name, index + 1)),
    ["audit.compliance_calculated", audit],
    ["audit.completed", { ...audit, successful_steps: 4, failed_steps: 1 }],
    ["batch.progress", { batch_id, completed: 13, progress_percentage: 35 }],
    ["batch.completed", { batch_id }],
    ["notification", { type: "success", message: "Audit terminé" }],
  ];
  return lines.map(([name, changes], index) => ({
    name,
    data: { ...sampleOf(name), ...changes },
    envelope: ENVELOPES[index % ENVELOPES.length] ?? "cloudevents",
  }));
}

function playStep(audit: Pick<Cast, "audit_id" | "fiche_id">, step_name: string, step_position: number) {
  const step = { ...audit, step_name, step_position };
  const progress = { ...audit, completed_steps: step_position, current_phase: "analysis" };
  const outcome = step_position === 4 ? (["audit.step_failed", step] as const) : completion(step);
  return [["audit.step_started", step], outcome, ["audit.progress", progress]] as const;
}

/** The second step is a rerun whose comparison is too large for Pusher. */
function completion(step: { readonly step_position: number }) {
  if (step.step_position !== 2) return ["audit.step_completed", step] as const;
  const citations = Array.from({ length: 60 }, (_, index) => ({
    index,
    quote: "« Vous disposez de quatorze jours » ".repeat(5),
  }));
  const rerun = { rerun_id: "rerun-1", comparison: { citations }, completed_at: "2026-03-02T09:00:58.000Z" };
  return ["audit.step_completed", { ...step, ...rerun, status: "rerun_completed" }] as const;
}

function sampleOf<Name extends EventName>(name: Name): Partial<EventData<Name>> {
  const sample = definitionOf(name)?.sample;
  return typeof sample === "object" && sample !== null ? sample : {};
}
