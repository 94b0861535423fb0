import * as z from "zod/mini";
import { event, family } from "./family.ts";
import { flag, id, int, iso, number, optional, text } from "./fields.ts";

const transcribed = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.looseObject({ fiche_id: id(), ...shape });

const fiche_id = "1787121";
const call_id = "call-55021";

export const transcription = family({
  match: "transcription.",
  routes: [{ kind: "fiche", fields: ["fiche_id"] }],
  events: {
    "transcription.started": event(
      () => transcribed({ total_recordings: int(), priority: text(), started_at: iso(), status: z.literal("started") }),
      { fiche_id, total_recordings: 3, priority: "normal", started_at: "2026-03-02T09:00:02.000Z", status: "started" },
    ),
    "transcription.status_check": event(
      () =>
        transcribed({
          total_recordings: int(),
          already_transcribed: int(),
          needs_transcription: int(),
          is_complete: flag(),
          status: z.literal("checked"),
        }),
      {
        fiche_id,
        total_recordings: 3,
        already_transcribed: 1,
        needs_transcription: 2,
        is_complete: false,
        status: "checked",
      },
    ),
    "transcription.recording_started": event(
      () =>
        transcribed({
          call_id: text(),
          recording_index: int(),
          total_to_transcribe: int(),
          recording_url: optional(text()),
          status: z.literal("processing"),
        }),
      {
        fiche_id,
        call_id,
        recording_index: 1,
        total_to_transcribe: 2,
        recording_url: "https://recordings.example/55021.mp3",
        status: "processing",
      },
    ),
    "transcription.recording_completed": event(
      () =>
        transcribed({
          call_id: text(),
          transcription_id: text(),
          recording_index: int(),
          total_to_transcribe: int(),
          status: z.literal("completed"),
        }),
      {
        fiche_id,
        call_id,
        transcription_id: "tr-9017",
        recording_index: 1,
        total_to_transcribe: 2,
        status: "completed",
      },
    ),
    "transcription.recording_failed": event(
      () =>
        transcribed({
          call_id: text(),
          error: text(),
          recording_index: int(),
          total_to_transcribe: int(),
          status: z.literal("failed"),
        }),
      {
        fiche_id,
        call_id: "call-55022",
        error: "The recording is silent",
        recording_index: 2,
        total_to_transcribe: 2,
        status: "failed",
      },
    ),
    "transcription.progress": event(
      () =>
        transcribed({
          total_recordings: int(),
          transcribed: int(),
          pending: int(),
          failed: int(),
          progress_percentage: number(),
          status: z.literal("in_progress"),
        }),
      {
        fiche_id,
        total_recordings: 3,
        transcribed: 2,
        pending: 1,
        failed: 0,
        progress_percentage: 66.7,
        status: "in_progress",
      },
      { latestWinsPer: [["fiche_id"]] },
    ),
    "transcription.completed": event(
      () =>
        transcribed({
          total_recordings: int(),
          transcribed: int(),
          failed: int(),
          duration_seconds: number(),
          completed_at: iso(),
          status: z.literal("completed"),
        }),
      {
        fiche_id,
        total_recordings: 3,
        transcribed: 3,
        failed: 0,
        duration_seconds: 41.8,
        completed_at: "2026-03-02T09:00:44.000Z",
        status: "completed",
      },
    ),
    "transcription.failed": event(
      () =>
        transcribed({
          error: text(),
          failed_at: iso(),
          status: z.literal("failed"),
          partial_results: optional(z.looseObject({ total: int(), transcribed: int(), failed: int() })),
        }),
      {
        fiche_id,
        error: "The transcription provider is out of quota",
        failed_at: "2026-03-02T09:00:20.000Z",
        status: "failed",
        partial_results: { total: 3, transcribed: 1, failed: 2 },
      },
    ),
  },
});
