import * as z from "zod/mini";
import { event, family } from "./family.ts";
import { int, number, text } from "./fields.ts";
import { lazily } from "./lazily.ts";
import type { Meanings } from "./meanings.ts";

const operation = lazily(() => ({ batch_id: text(), operation_type: z.enum(["audit", "transcription"]) }));

export const batch = family({
  match: "batch.",
  routes: [{ kind: "global", fields: [] }],
  events: {
    "batch.progress": event(
      () =>
        z.looseObject({ ...operation(), total: int(), completed: int(), failed: int(), progress_percentage: number() }),
      {
        batch_id: "batch-2026-03-02",
        operation_type: "audit",
        total: 40,
        completed: 12,
        failed: 1,
        progress_percentage: 32.5,
      },
      { latestWinsPer: [["operation_type", "batch_id"]] },
    ),
    "batch.completed": event(
      () => z.looseObject({ ...operation(), total: int(), completed: int(), failed: int(), duration_ms: number() }),
      {
        batch_id: "batch-2026-03-02",
        operation_type: "audit",
        total: 40,
        completed: 39,
        failed: 1,
        duration_ms: 912_345,
      },
    ),
  },
});

export const meanings: Meanings<typeof batch> = {
  events: {
    "batch.progress": "How far a batch of audits or transcriptions is.",
    "batch.completed": "A batch has ended. Some of its operations may have failed.",
  },
  fields: {
    batch_id: "the batch",
    operation_type: "what the batch does to each fiche",
    total: "how many operations the batch has",
    completed: "how many of them have ended with a result",
    failed: "how many of them have failed",
    progress_percentage: "how much of the batch is done, from 0 to 100",
    duration_ms: "how long the batch took, in milliseconds",
  },
};
