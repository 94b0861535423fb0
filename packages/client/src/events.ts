// Generated from the catalog by `npm run contract`. Do not edit.

/** `audit.started` */
export type AuditStarted = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly audit_config_id: string; readonly audit_config_name: string; readonly total_steps: number; readonly started_at: string; readonly status: "started" };

/** `audit.fiche_fetch_started` */
export type AuditFicheFetchStarted = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly from_cache: boolean; readonly status: "fetching" };

/** `audit.fiche_fetch_completed` */
export type AuditFicheFetchCompleted = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly recordings_count: number; readonly prospect_name: string; readonly from_cache: boolean; readonly status: "fetched" };

/** `audit.config_loaded` */
export type AuditConfigLoaded = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly config_id: string; readonly config_name: string; readonly steps_count: number; readonly status: "loaded" };

/** `audit.transcription_check` */
export type AuditTranscriptionCheck = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly total_recordings: number; readonly transcribed: number; readonly needs_transcription: number; readonly status: "checked" };

/** `audit.timeline_generated` */
export type AuditTimelineGenerated = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly recordings_count: number; readonly total_chunks: number; readonly status: "generated" };

/** `audit.analysis_started` */
export type AuditAnalysisStarted = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly total_steps: number; readonly model: string; readonly status: "analyzing" };

/** `audit.step_started` */
export type AuditStepStarted = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly step_position: number; readonly step_name?: string; readonly total_steps?: number; readonly step_weight?: number; readonly is_critical?: boolean; readonly status: "processing" } | { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly step_position: number; readonly step_name?: string; readonly total_steps?: number; readonly step_weight?: number; readonly is_critical?: boolean; readonly rerun_id: string; readonly rerun_scope?: "control_point"; readonly control_point_index?: number; readonly started_at: string; readonly status: "rerunning" };

/** `audit.step_completed` */
export type AuditStepCompleted = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly step_position: number; readonly step_name?: string; readonly score?: number; readonly max_score?: number; readonly conforme?: boolean; readonly total_citations?: number; readonly tokens_used?: number; readonly status: "completed" } | { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly step_position: number; readonly step_name?: string; readonly score?: number; readonly max_score?: number; readonly conforme?: boolean; readonly total_citations?: number; readonly tokens_used?: number; readonly rerun_id: string; readonly rerun_scope?: "control_point"; readonly control_point_index?: number; readonly original?: {  }; readonly rerun?: {  }; readonly comparison?: {  }; readonly completed_at: string; readonly status: "rerun_completed" };

/** `audit.step_failed` */
export type AuditStepFailed = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly step_position: number; readonly step_name: string; readonly error: string; readonly status: "failed" };

/** `audit.progress` */
export type AuditProgress = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly completed_steps: number; readonly total_steps: number; readonly failed_steps: number; readonly current_phase: string; readonly progress_percentage?: number; readonly status?: "in_progress" };

/** `audit.compliance_calculated` */
export type AuditComplianceCalculated = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly overall_score: string; readonly score_percentage: string; readonly niveau: string; readonly is_compliant: boolean; readonly critical_issues: string; readonly status: "calculated" };

/** `audit.completed` */
export type AuditCompleted = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly overall_score: string; readonly score_percentage: string; readonly niveau: string; readonly is_compliant: boolean; readonly successful_steps: number; readonly failed_steps: number; readonly total_tokens: number; readonly duration_seconds: number; readonly completed_at: string; readonly status: "completed" };

/** `audit.failed` */
export type AuditFailed = { readonly audit_id?: string | number; readonly fiche_id?: string | number; readonly audit_db_id?: string; readonly event_id?: string; readonly approach?: { readonly use_rlm: boolean; readonly transcript_mode: "prompt" | "tools" }; readonly error: string; readonly failed_phase?: string; readonly failed_at: string; readonly status: "failed"; readonly partial_results?: { readonly completed_steps: number; readonly total_steps: number; readonly failed_steps: number } };

/** `transcription.started` */
export type TranscriptionStarted = { readonly fiche_id: string | number; readonly total_recordings: number; readonly priority: string; readonly started_at: string; readonly status: "started" };

/** `transcription.status_check` */
export type TranscriptionStatusCheck = { readonly fiche_id: string | number; readonly total_recordings: number; readonly already_transcribed: number; readonly needs_transcription: number; readonly is_complete: boolean; readonly status: "checked" };

/** `transcription.recording_started` */
export type TranscriptionRecordingStarted = { readonly fiche_id: string | number; readonly call_id: string; readonly recording_index: number; readonly total_to_transcribe: number; readonly recording_url?: string; readonly status: "processing" };

/** `transcription.recording_completed` */
export type TranscriptionRecordingCompleted = { readonly fiche_id: string | number; readonly call_id: string; readonly transcription_id: string; readonly recording_index: number; readonly total_to_transcribe: number; readonly status: "completed" };

/** `transcription.recording_failed` */
export type TranscriptionRecordingFailed = { readonly fiche_id: string | number; readonly call_id: string; readonly error: string; readonly recording_index: number; readonly total_to_transcribe: number; readonly status: "failed" };

/** `transcription.progress` */
export type TranscriptionProgress = { readonly fiche_id: string | number; readonly total_recordings: number; readonly transcribed: number; readonly pending: number; readonly failed: number; readonly progress_percentage: number; readonly status: "in_progress" };

/** `transcription.completed` */
export type TranscriptionCompleted = { readonly fiche_id: string | number; readonly total_recordings: number; readonly transcribed: number; readonly failed: number; readonly duration_seconds: number; readonly completed_at: string; readonly status: "completed" };

/** `transcription.failed` */
export type TranscriptionFailed = { readonly fiche_id: string | number; readonly error: string; readonly failed_at: string; readonly status: "failed"; readonly partial_results?: { readonly total: number; readonly transcribed: number; readonly failed: number } };

/** `batch.progress` */
export type BatchProgress = { readonly batch_id: string; readonly operation_type: "audit" | "transcription"; readonly total: number; readonly completed: number; readonly failed: number; readonly progress_percentage: number };

/** `batch.completed` */
export type BatchCompleted = { readonly batch_id: string; readonly operation_type: "audit" | "transcription"; readonly total: number; readonly completed: number; readonly failed: number; readonly duration_ms: number };

/** `notification` */
export type Notification = { readonly type: "success" | "error" | "info" | "warning"; readonly message: string; readonly description?: string; readonly duration?: number };

/** `fiches.progressive_fetch.created` */
export type FichesProgressiveFetchCreated = { readonly jobId?: string | number; readonly job_id?: string | number; readonly startDate: string; readonly endDate: string; readonly completedDays: number; readonly totalDays: number; readonly totalFiches: number; readonly datesCompleted: readonly string[]; readonly datesRemaining: readonly string[]; readonly datesFailed: readonly string[]; readonly status: string; readonly progress: number };

/** `fiches.progressive_fetch.progress` */
export type FichesProgressiveFetchProgress = { readonly jobId?: string | number; readonly job_id?: string | number; readonly startDate: string; readonly endDate: string; readonly completedDays: number; readonly totalDays: number; readonly totalFiches: number; readonly datesCompleted: readonly string[]; readonly datesRemaining: readonly string[]; readonly datesFailed: readonly string[]; readonly status: "processing"; readonly progress: number; readonly latestDate: string };

/** `fiches.progressive_fetch.complete` */
export type FichesProgressiveFetchComplete = { readonly jobId?: string | number; readonly job_id?: string | number; readonly startDate: string; readonly endDate: string; readonly completedDays: number; readonly totalDays: number; readonly totalFiches: number; readonly datesCompleted: readonly string[]; readonly datesRemaining: readonly string[]; readonly datesFailed: readonly string[]; readonly status: "complete"; readonly progress: 100 };

/** `fiches.progressive_fetch.failed` */
export type FichesProgressiveFetchFailed = { readonly jobId?: string | number; readonly job_id?: string | number; readonly startDate: string; readonly endDate: string; readonly completedDays: number; readonly totalDays: number; readonly totalFiches: number; readonly datesCompleted: readonly string[]; readonly datesRemaining: readonly string[]; readonly datesFailed: readonly string[]; readonly status: "failed"; readonly progress: 100 };

/** The events that each kind of channel carries. */
export interface EventsOf {
  readonly audit: { readonly "audit.started": AuditStarted; readonly "audit.fiche_fetch_started": AuditFicheFetchStarted; readonly "audit.fiche_fetch_completed": AuditFicheFetchCompleted; readonly "audit.config_loaded": AuditConfigLoaded; readonly "audit.transcription_check": AuditTranscriptionCheck; readonly "audit.timeline_generated": AuditTimelineGenerated; readonly "audit.analysis_started": AuditAnalysisStarted; readonly "audit.step_started": AuditStepStarted; readonly "audit.step_completed": AuditStepCompleted; readonly "audit.step_failed": AuditStepFailed; readonly "audit.progress": AuditProgress; readonly "audit.compliance_calculated": AuditComplianceCalculated; readonly "audit.completed": AuditCompleted; readonly "audit.failed": AuditFailed };
  readonly fiche: { readonly "audit.started": AuditStarted; readonly "audit.fiche_fetch_started": AuditFicheFetchStarted; readonly "audit.fiche_fetch_completed": AuditFicheFetchCompleted; readonly "audit.config_loaded": AuditConfigLoaded; readonly "audit.transcription_check": AuditTranscriptionCheck; readonly "audit.timeline_generated": AuditTimelineGenerated; readonly "audit.analysis_started": AuditAnalysisStarted; readonly "audit.step_started": AuditStepStarted; readonly "audit.step_completed": AuditStepCompleted; readonly "audit.step_failed": AuditStepFailed; readonly "audit.progress": AuditProgress; readonly "audit.compliance_calculated": AuditComplianceCalculated; readonly "audit.completed": AuditCompleted; readonly "audit.failed": AuditFailed; readonly "transcription.started": TranscriptionStarted; readonly "transcription.status_check": TranscriptionStatusCheck; readonly "transcription.recording_started": TranscriptionRecordingStarted; readonly "transcription.recording_completed": TranscriptionRecordingCompleted; readonly "transcription.recording_failed": TranscriptionRecordingFailed; readonly "transcription.progress": TranscriptionProgress; readonly "transcription.completed": TranscriptionCompleted; readonly "transcription.failed": TranscriptionFailed };
  readonly global: { readonly "batch.progress": BatchProgress; readonly "batch.completed": BatchCompleted; readonly "notification": Notification };
  readonly job: { readonly "fiches.progressive_fetch.created": FichesProgressiveFetchCreated; readonly "fiches.progressive_fetch.progress": FichesProgressiveFetchProgress; readonly "fiches.progressive_fetch.complete": FichesProgressiveFetchComplete; readonly "fiches.progressive_fetch.failed": FichesProgressiveFetchFailed };
}

/** The ids of what each latest-wins event is about. An id that is missing stands as `undefined` or `null`. */
export const LATEST_WINS: { readonly [event: string]: (data: { readonly [field: string]: unknown }) => readonly unknown[] } = { "audit.progress": (data) => (data.audit_id) != null ? [data.audit_id] : [data.audit_db_id, 1], "transcription.progress": (data) => [data.fiche_id], "batch.progress": (data) => [data.operation_type, data.batch_id], "fiches.progressive_fetch.progress": (data) => [data.jobId ?? data.job_id] };
