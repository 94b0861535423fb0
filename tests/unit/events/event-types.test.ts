import type { EventData, EventName } from "@realtime-gateway/events";
import { describe, expectTypeOf, it } from "vitest";

/** `tsc` judges these (`npm run check`); vitest only runs them. */
describe("the types that are derived from the schemas", () => {
  it("accept the names of the catalog and no others", () => {
    expectTypeOf<"audit.progress">().toExtend<EventName>();
    expectTypeOf<"fiches.progressive_fetch.complete">().toExtend<EventName>();
    expectTypeOf<"notification">().toExtend<EventName>();
    expectTypeOf<"audit.unknown">().not.toExtend<EventName>();
    expectTypeOf<string>().not.toExtend<EventName>();
  });

  it("give an event's fields, required, optional and literal", () => {
    type Progress = EventData<"audit.progress">;
    expectTypeOf<Progress["completed_steps"]>().toEqualTypeOf<number>();
    expectTypeOf<Progress["progress_percentage"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Progress["status"]>().toEqualTypeOf<"in_progress" | undefined>();
    expectTypeOf<EventData<"batch.progress">["operation_type"]>().toEqualTypeOf<"audit" | "transcription">();
    expectTypeOf<EventData<"fiches.progressive_fetch.created">["datesFailed"]>().toEqualTypeOf<string[]>();
  });

  it("distinguish a step from its rerun by the status", () => {
    type Rerun = Extract<EventData<"audit.step_started">, { readonly status: "rerunning" }>;
    expectTypeOf<EventData<"audit.step_started">["status"]>().toEqualTypeOf<"processing" | "rerunning">();
    expectTypeOf<Rerun["rerun_id"]>().toEqualTypeOf<string>();
    expectTypeOf<Rerun["started_at"]>().toEqualTypeOf<string>();
  });

  it("accept unknown fields", () => {
    expectTypeOf<{ type: "info"; message: string; brand_new: boolean }>().toExtend<EventData<"notification">>();
  });
});
