import { type ContractEvent, type ContractFamily, type Fields, oneOf } from "./contract-event.ts";

const auditCommon: Fields = {
  "audit_id?": "id",
  "fiche_id?": "id",
  "audit_db_id?": "string",
  "event_id?": "string",
  "approach?": { fields: { use_rlm: "boolean", transcript_mode: oneOf("prompt", "tools") } },
};

const rerun: Fields = {
  rerun_id: "string",
  "rerun_scope?": oneOf("control_point"),
  "control_point_index?": "int >= 1",
};

const stepStarted: Fields = {
  step_position: "int",
  "step_name?": "string",
  "total_steps?": "int",
  "step_weight?": "number",
  "is_critical?": "boolean",
};

const stepCompleted: Fields = {
  step_position: "int",
  "step_name?": "string",
  "score?": "number",
  "max_score?": "number",
  "conforme?": "boolean",
  "total_citations?": "int",
  "tokens_used?": "int",
};

const auditEvent = (name: string, fields: Fields, variant?: string): ContractEvent => ({
  name: `audit.${name}`,
  fields: { ...auditCommon, ...fields },
  ...(variant !== undefined && { variant }),
});

export const audit: ContractFamily = {
  match: "audit.",
  channels: [
    { kind: "audit", idFields: ["audit_id"] },
    { kind: "fiche", idFields: ["fiche_id"] },
  ],
  events: [
    auditEvent("started", {
      audit_config_id: "string",
      audit_config_name: "string",
      total_steps: "int",
      started_at: "iso",
      status: oneOf("started"),
    }),
    auditEvent("fiche_fetch_started", { from_cache: "boolean", status: oneOf("fetching") }),
    auditEvent("fiche_fetch_completed", {
      recordings_count: "int",
      prospect_name: "string",
      from_cache: "boolean",
      status: oneOf("fetched"),
    }),
    auditEvent("config_loaded", {
      config_id: "string",
      config_name: "string",
      steps_count: "int",
      status: oneOf("loaded"),
    }),
    auditEvent("transcription_check", {
      total_recordings: "int",
      transcribed: "int",
      needs_transcription: "int",
      status: oneOf("checked"),
    }),
    auditEvent("timeline_generated", { recordings_count: "int", total_chunks: "int", status: oneOf("generated") }),
    auditEvent("analysis_started", { total_steps: "int", model: "string", status: oneOf("analyzing") }),
    auditEvent("step_started", { ...stepStarted, status: oneOf("processing") }),
    auditEvent("step_started", { ...stepStarted, ...rerun, started_at: "iso", status: oneOf("rerunning") }, "rerun"),
    auditEvent("step_completed", { ...stepCompleted, status: oneOf("completed") }),
    auditEvent(
      "step_completed",
      {
        ...stepCompleted,
        ...rerun,
        "original?": "object",
        "rerun?": "object",
        "comparison?": "object",
        completed_at: "iso",
        status: oneOf("rerun_completed"),
      },
      "rerun",
    ),
    auditEvent("step_failed", { step_position: "int", step_name: "string", error: "string", status: oneOf("failed") }),
    {
      ...auditEvent("progress", {
        completed_steps: "int",
        total_steps: "int",
        failed_steps: "int",
        current_phase: "string",
        "progress_percentage?": "number",
        "status?": oneOf("in_progress"),
      }),
      entity: [["audit_id"], ["audit_db_id"]],
    },
    auditEvent("compliance_calculated", {
      overall_score: "string",
      score_percentage: "string",
      niveau: "string",
      is_compliant: "boolean",
      critical_issues: "string",
      status: oneOf("calculated"),
    }),
    auditEvent("completed", {
      overall_score: "string",
      score_percentage: "string",
      niveau: "string",
      is_compliant: "boolean",
      successful_steps: "int",
      failed_steps: "int",
      total_tokens: "int",
      duration_seconds: "number",
      completed_at: "iso",
      status: oneOf("completed"),
    }),
    auditEvent("failed", {
      error: "string",
      "failed_phase?": "string",
      failed_at: "iso",
      status: oneOf("failed"),
      "partial_results?": { fields: { completed_steps: "int", total_steps: "int", failed_steps: "int" } },
    }),
  ],
};
