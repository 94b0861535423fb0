import type { Meanings } from "./meanings.ts";
import type { transcription } from "./transcription.ts";

export const meanings: Meanings<typeof transcription> = {
  events: {
    "transcription.started": "The transcription of a fiche's recordings begins.",
    "transcription.status_check": "The job has counted the recordings without a transcription.",
    "transcription.recording_started": "The transcription of one recording begins.",
    "transcription.recording_completed": "One recording has its transcription.",
    "transcription.recording_failed":
      "The transcription of one recording has failed. The job continues with the others.",
    "transcription.progress": "How far the job is.",
    "transcription.completed": "The job has ended. Some recordings may have failed.",
    "transcription.failed": "The job has ended early.",
  },
  fields: {
    fiche_id: "the fiche whose recordings are transcribed",
    status: "the state that this event reports",
    total_recordings: "how many recordings the fiche has",
    already_transcribed: "how many of them had a transcription before",
    needs_transcription: "how many of them have none",
    is_complete: "whether every recording has a transcription already",
    priority: "the priority of the job",
    call_id: "the call that was recorded",
    transcription_id: "the new transcription",
    recording_index: "the number of the recording in this job, from 1",
    total_to_transcribe: "how many recordings this job transcribes",
    recording_url: "where the recording is",
    transcribed: "how many recordings have a transcription now",
    pending: "how many recordings wait",
    failed: "how many transcriptions have failed",
    total: "how many recordings the fiche has",
    progress_percentage: "how much of the job is done, from 0 to 100",
    duration_seconds: "how long the job took",
    error: "why it failed, for people",
    partial_results: "how far the job came",
    started_at: "when it began",
    completed_at: "when it ended",
    failed_at: "when it failed",
  },
};
