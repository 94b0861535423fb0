import * as z from "zod/mini";
import { event, family } from "./family.ts";
import { int, number, text } from "./fields.ts";
import { lazily } from "./lazily.ts";

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
