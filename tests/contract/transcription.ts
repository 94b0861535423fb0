import { type ContractFamily, type Fields, oneOf } from "./contract-event.ts";

const recording: Fields = {
  fiche_id: "id",
  call_id: "string",
  recording_index: "int",
  total_to_transcribe: "int",
};

export const transcription: ContractFamily = {
  match: "transcription.",
  channels: [{ kind: "fiche", idFields: ["fiche_id"] }],
  events: [
    {
      name: "transcription.started",
      fields: {
        fiche_id: "id",
        total_recordings: "int",
        priority: "string",
        started_at: "iso",
        status: oneOf("started"),
      },
    },
    {
      name: "transcription.status_check",
      fields: {
        fiche_id: "id",
        total_recordings: "int",
        already_transcribed: "int",
        needs_transcription: "int",
        is_complete: "boolean",
        status: oneOf("checked"),
      },
    },
    {
      name: "transcription.recording_started",
      fields: { ...recording, "recording_url?": "string", status: oneOf("processing") },
    },
    {
      name: "transcription.recording_completed",
      fields: { ...recording, transcription_id: "string", status: oneOf("completed") },
    },
    { name: "transcription.recording_failed", fields: { ...recording, error: "string", status: oneOf("failed") } },
    {
      name: "transcription.progress",
      fields: {
        fiche_id: "id",
        total_recordings: "int",
        transcribed: "int",
        pending: "int",
        failed: "int",
        progress_percentage: "number",
        status: oneOf("in_progress"),
      },
      entity: [["fiche_id"]],
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
        status: oneOf("completed"),
      },
    },
    {
      name: "transcription.failed",
      fields: {
        fiche_id: "id",
        error: "string",
        failed_at: "iso",
        status: oneOf("failed"),
        "partial_results?": { fields: { total: "int", transcribed: "int", failed: "int" } },
      },
    },
  ],
};
