/**
 * The event catalog of the contract (section 4), copied by hand: the tests compare the code with this table, never with itself.
 * A name ending in `?` is optional. `id` is a string that routing needs; an integer is accepted for it (section 3).
 */
export type FieldType =
  | "id"
  | "string"
  | "int"
  | "int >= 1"
  | "number"
  | "boolean"
  | "iso"
  | "day"
  | "day[]"
  | "object"
  | { readonly oneOf: readonly (string | number)[] }
  | { readonly fields: Fields };

export type Fields = Readonly<Record<string, FieldType>>;

export interface ContractEvent {
  readonly name: string;
  readonly variant?: string;
  readonly fields: Fields;
}

const is = (...oneOf: readonly (string | number)[]): FieldType => ({ oneOf });

const auditCommon: Fields = {
  "audit_id?": "id",
  "fiche_id?": "id",
  "audit_db_id?": "string",
  "event_id?": "string",
  "approach?": { fields: { use_rlm: "boolean", transcript_mode: is("prompt", "tools") } },
};

const rerun: Fields = {
  rerun_id: "string",
  "rerun_scope?": is("control_point"),
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

const recording: Fields = {
  fiche_id: "id",
  call_id: "string",
  recording_index: "int",
  total_to_transcribe: "int",
};

const operation: Fields = { batch_id: "string", operation_type: is("audit", "transcription") };

const fetched: Fields = {
  "jobId?": "id",
  "job_id?": "id",
  startDate: "day",
  endDate: "day",
  completedDays: "int",
  totalDays: "int",
  totalFiches: "int",
  datesCompleted: "day[]",
  datesRemaining: "day[]",
  datesFailed: "day[]",
};

const audit = (name: string, fields: Fields, variant?: string): ContractEvent => ({
  name: `audit.${name}`,
  fields: { ...auditCommon, ...fields },
  ...(variant !== undefined && { variant }),
});

export const contractCatalog: readonly ContractEvent[] = [
  audit("started", {
    audit_config_id: "string",
    audit_config_name: "string",
    total_steps: "int",
    started_at: "iso",
    status: is("started"),
  }),
  audit("fiche_fetch_started", { from_cache: "boolean", status: is("fetching") }),
  audit("fiche_fetch_completed", {
    recordings_count: "int",
    prospect_name: "string",
    from_cache: "boolean",
    status: is("fetched"),
  }),
  audit("config_loaded", { config_id: "string", config_name: "string", steps_count: "int", status: is("loaded") }),
  audit("transcription_check", {
    total_recordings: "int",
    transcribed: "int",
    needs_transcription: "int",
    status: is("checked"),
  }),
  audit("timeline_generated", { recordings_count: "int", total_chunks: "int", status: is("generated") }),
  audit("analysis_started", { total_steps: "int", model: "string", status: is("analyzing") }),
  audit("step_started", { ...stepStarted, status: is("processing") }),
  audit("step_started", { ...stepStarted, ...rerun, started_at: "iso", status: is("rerunning") }, "rerun"),
  audit("step_completed", { ...stepCompleted, status: is("completed") }),
  audit(
    "step_completed",
    {
      ...stepCompleted,
      ...rerun,
      "original?": "object",
      "rerun?": "object",
      "comparison?": "object",
      completed_at: "iso",
      status: is("rerun_completed"),
    },
    "rerun",
  ),
  audit("step_failed", { step_position: "int", step_name: "string", error: "string", status: is("failed") }),
  audit("progress", {
    completed_steps: "int",
    total_steps: "int",
    failed_steps: "int",
    current_phase: "string",
    "progress_percentage?": "number",
    "status?": is("in_progress"),
  }),
  audit("compliance_calculated", {
    overall_score: "string",
    score_percentage: "string",
    niveau: "string",
    is_compliant: "boolean",
    critical_issues: "string",
    status: is("calculated"),
  }),
  audit("completed", {
    overall_score: "string",
    score_percentage: "string",
    niveau: "string",
    is_compliant: "boolean",
    successful_steps: "int",
    failed_steps: "int",
    total_tokens: "int",
    duration_seconds: "number",
    completed_at: "iso",
    status: is("completed"),
  }),
  audit("failed", {
    error: "string",
    "failed_phase?": "string",
    failed_at: "iso",
    status: is("failed"),
    "partial_results?": { fields: { completed_steps: "int", total_steps: "int", failed_steps: "int" } },
  }),
  {
    name: "transcription.started",
    fields: { fiche_id: "id", total_recordings: "int", priority: "string", started_at: "iso", status: is("started") },
  },
  {
    name: "transcription.status_check",
    fields: {
      fiche_id: "id",
      total_recordings: "int",
      already_transcribed: "int",
      needs_transcription: "int",
      is_complete: "boolean",
      status: is("checked"),
    },
  },
  {
    name: "transcription.recording_started",
    fields: { ...recording, "recording_url?": "string", status: is("processing") },
  },
  {
    name: "transcription.recording_completed",
    fields: { ...recording, transcription_id: "string", status: is("completed") },
  },
  { name: "transcription.recording_failed", fields: { ...recording, error: "string", status: is("failed") } },
  {
    name: "transcription.progress",
    fields: {
      fiche_id: "id",
      total_recordings: "int",
      transcribed: "int",
      pending: "int",
      failed: "int",
      progress_percentage: "number",
      status: is("in_progress"),
    },
  },
  {
    name: "transcription.completed",
    fields: {
      fiche_id: "id",
      total_recordings: "int",
      transcribed: "int",
      failed: "int",
      duration_seconds: "number",
      completed_at: "iso",
      status: is("completed"),
    },
  },
  {
    name: "transcription.failed",
    fields: {
      fiche_id: "id",
      error: "string",
      failed_at: "iso",
      status: is("failed"),
      "partial_results?": { fields: { total: "int", transcribed: "int", failed: "int" } },
    },
  },
  {
    name: "batch.progress",
    fields: { ...operation, total: "int", completed: "int", failed: "int", progress_percentage: "number" },
  },
  {
    name: "batch.completed",
    fields: { ...operation, total: "int", completed: "int", failed: "int", duration_ms: "number" },
  },
  {
    name: "notification",
    fields: {
      type: is("success", "error", "info", "warning"),
      message: "string",
      "description?": "string",
      "duration?": "number",
    },
  },
  { name: "fiches.progressive_fetch.created", fields: { ...fetched, status: "string", progress: "number" } },
  {
    name: "fiches.progressive_fetch.progress",
    fields: { ...fetched, status: is("processing"), progress: "number", latestDate: "day" },
  },
  {
    name: "fiches.progressive_fetch.complete",
    fields: { ...fetched, status: is("complete"), progress: is(100) },
  },
  { name: "fiches.progressive_fetch.failed", fields: { ...fetched, status: is("failed"), progress: is(100) } },
];
