import * as z from "zod/mini";
import { event, family } from "./family.ts";
import { atLeastOne, flag, id, int, iso, number, optional, text } from "./fields.ts";
import { lazily } from "./lazily.ts";

const common = lazily(() => ({
  audit_id: optional(id()),
  fiche_id: optional(id()),
  audit_db_id: optional(text()),
  event_id: optional(text()),
  approach: optional(z.looseObject({ use_rlm: flag(), transcript_mode: z.enum(["prompt", "tools"]) })),
}));

const audited = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.looseObject({ ...common(), ...shape }).check(atLeastOne("audit_id", "fiche_id"));

const rerun = lazily(() => ({ rerun_id: text(), rerun_scope: optional(z.literal("control_point")) }));
const controlPoint = lazily(() => ({
  control_point_index: optional(int().check(z.minimum(1, { error: "must be at least 1" }))),
}));

const stepStarted = lazily(() => ({
  ...common(),
  step_position: int(),
  step_name: optional(text()),
  total_steps: optional(int()),
  step_weight: optional(number()),
  is_critical: optional(flag()),
}));

const stepCompleted = lazily(() => ({
  ...common(),
  step_position: int(),
  step_name: optional(text()),
  score: optional(number()),
  max_score: optional(number()),
  conforme: optional(flag()),
  total_citations: optional(int()),
  tokens_used: optional(int()),
}));

const audit_id = "audit-1787121-1-1765755984607";
const fiche_id = "1787121";
const ids = { audit_id, fiche_id };

export const audit = family({
  match: "audit.",
  routes: [
    { kind: "audit", fields: ["audit_id"] },
    { kind: "fiche", fields: ["fiche_id"] },
  ],
  events: {
    "audit.started": event(
      () =>
        audited({
          audit_config_id: text(),
          audit_config_name: text(),
          total_steps: int(),
          started_at: iso(),
          status: z.literal("started"),
        }),
      {
        ...ids,
        audit_db_id: "4211",
        event_id: "evt-0001",
        approach: { use_rlm: false, transcript_mode: "prompt" },
        audit_config_id: "10",
        audit_config_name: "Conformité vente à distance",
        total_steps: 5,
        started_at: "2026-03-02T09:00:00.000Z",
        status: "started",
      },
    ),
    "audit.fiche_fetch_started": event(() => audited({ from_cache: flag(), status: z.literal("fetching") }), {
      fiche_id,
      from_cache: false,
      status: "fetching",
    }),
    "audit.fiche_fetch_completed": event(
      () =>
        audited({ recordings_count: int(), prospect_name: text(), from_cache: flag(), status: z.literal("fetched") }),
      { fiche_id, recordings_count: 3, prospect_name: "Zoé Lefèvre", from_cache: false, status: "fetched" },
    ),
    "audit.config_loaded": event(
      () => audited({ config_id: text(), config_name: text(), steps_count: int(), status: z.literal("loaded") }),
      { ...ids, config_id: "10", config_name: "Conformité vente à distance", steps_count: 5, status: "loaded" },
    ),
    "audit.transcription_check": event(
      () =>
        audited({
          total_recordings: int(),
          transcribed: int(),
          needs_transcription: int(),
          status: z.literal("checked"),
        }),
      { ...ids, total_recordings: 3, transcribed: 1, needs_transcription: 2, status: "checked" },
    ),
    "audit.timeline_generated": event(
      () => audited({ recordings_count: int(), total_chunks: int(), status: z.literal("generated") }),
      { ...ids, recordings_count: 3, total_chunks: 42, status: "generated" },
    ),
    "audit.analysis_started": event(
      () => audited({ total_steps: int(), model: text(), status: z.literal("analyzing") }),
      {
        ...ids,
        total_steps: 5,
        model: "analysis-large-1",
        status: "analyzing",
      },
    ),
    "audit.step_started": event(
      () =>
        z
          .discriminatedUnion("status", [
            z.looseObject({ ...stepStarted(), status: z.literal("processing") }),
            z.looseObject({
              ...stepStarted(),
              ...rerun(),
              ...controlPoint(),
              started_at: iso(),
              status: z.literal("rerunning"),
            }),
          ])
          .check(atLeastOne("audit_id", "fiche_id")),
      {
        ...ids,
        step_position: 2,
        step_name: "Présentation du conseiller",
        total_steps: 5,
        step_weight: 1.5,
        is_critical: true,
        status: "processing",
      },
    ),
    "audit.step_completed": event(
      () =>
        z
          .discriminatedUnion("status", [
            z.looseObject({ ...stepCompleted(), status: z.literal("completed") }),
            z.looseObject({
              ...stepCompleted(),
              ...rerun(),
              ...controlPoint(),
              original: optional(z.looseObject({})),
              rerun: optional(z.looseObject({})),
              comparison: optional(z.looseObject({})),
              completed_at: iso(),
              status: z.literal("rerun_completed"),
            }),
          ])
          .check(atLeastOne("audit_id", "fiche_id")),
      {
        ...ids,
        step_position: 2,
        step_name: "Présentation du conseiller",
        score: 4.5,
        max_score: 5,
        conforme: true,
        total_citations: 7,
        tokens_used: 1834,
        status: "completed",
      },
    ),
    "audit.step_failed": event(
      () => audited({ step_position: int(), step_name: text(), error: text(), status: z.literal("failed") }),
      {
        ...ids,
        step_position: 4,
        step_name: "Délai de rétractation",
        error: "The model gave no answer within 60 s",
        status: "failed",
      },
    ),
    "audit.progress": event(
      () =>
        audited({
          completed_steps: int(),
          total_steps: int(),
          failed_steps: int(),
          current_phase: text(),
          progress_percentage: optional(number()),
          status: optional(z.literal("in_progress")),
        }),
      { ...ids, completed_steps: 3, total_steps: 5, failed_steps: 0, current_phase: "analysis" },
      { latestWinsPer: [["audit_id"], ["audit_db_id"]] },
    ),
    "audit.compliance_calculated": event(
      () =>
        audited({
          overall_score: text(),
          score_percentage: text(),
          niveau: text(),
          is_compliant: flag(),
          critical_issues: text(),
          status: z.literal("calculated"),
        }),
      {
        ...ids,
        overall_score: "21.5/25",
        score_percentage: "86.0",
        niveau: "BON",
        is_compliant: true,
        critical_issues: "0",
        status: "calculated",
      },
    ),
    "audit.completed": event(
      () =>
        audited({
          overall_score: text(),
          score_percentage: text(),
          niveau: text(),
          is_compliant: flag(),
          successful_steps: int(),
          failed_steps: int(),
          total_tokens: int(),
          duration_seconds: number(),
          completed_at: iso(),
          status: z.literal("completed"),
        }),
      {
        ...ids,
        overall_score: "21.5/25",
        score_percentage: "86.0",
        niveau: "BON",
        is_compliant: true,
        successful_steps: 5,
        failed_steps: 0,
        total_tokens: 15230,
        duration_seconds: 84.2,
        completed_at: "2026-03-02T09:01:24.200Z",
        status: "completed",
      },
    ),
    "audit.failed": event(
      () =>
        audited({
          error: text(),
          failed_phase: optional(text()),
          failed_at: iso(),
          status: z.literal("failed"),
          partial_results: optional(z.looseObject({ completed_steps: int(), total_steps: int(), failed_steps: int() })),
        }),
      {
        ...ids,
        error: "The recordings could not be fetched",
        failed_phase: "transcription",
        failed_at: "2026-03-02T09:00:31.000Z",
        status: "failed",
        partial_results: { completed_steps: 2, total_steps: 5, failed_steps: 1 },
      },
    ),
  },
});
