import { definitionOf, eventNames, withoutNulls } from "@realtime-gateway/events";
import { eventSchema } from "@realtime-gateway/events/event-schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileEvent } from "../../../support/contract-ajv.ts";

/** Values of every type, near and far from what the schemas allow. */
const value = fc.oneof(
  fc.constantFrom(null, "", "text", "2026-03-02", "2026-03-02T09:00:00Z", 0, 1, 1.5, -3, true, [], ["2026-03-02"], {}),
  fc.constantFrom("prompt", "tools", "processing", "rerunning", "completed", "audit", "transcription", "info"),
);

const deleted = Symbol("deleted");

/** The sample of an event with some members changed, removed or added. */
const changed = (event: string) => {
  const sample: object = definitionOf(event)?.sample ?? {};
  const members = [...Object.keys(sample), "audit_id", "fiche_id", "job_id", "approach", "rerun_id", "extra"];
  const change = fc.tuple(fc.constantFrom(...members), fc.oneof(value, fc.constant(deleted)));
  return fc
    .array(change, { maxLength: 4 })
    .map((changes) =>
      Object.fromEntries(
        Object.entries({ ...sample, ...Object.fromEntries(changes) }).filter(([, v]) => v !== deleted),
      ),
    );
};

describe.each(eventNames)("the JSON Schema of %s", (event) => {
  const accepts = compileEvent(event);

  it("accepts its sample", () => {
    expect(accepts(definitionOf(event)?.sample)).toBe(true);
  });

  it("accepts the payloads that the gateway accepts without a warning, and no others", () => {
    fc.assert(
      fc.property(changed(event), (payload) => {
        const parsed = definitionOf(event)?.schema.safeParse(withoutNulls(payload));
        expect({ payload, accepted: accepts(payload) }).toEqual({ payload, accepted: parsed?.success });
      }),
      { numRuns: 150 },
    );
  });

  it("has its file as $id, no root reference, no pattern for times and no bounds for integers", () => {
    const text = JSON.stringify(eventSchema(event));
    expect(eventSchema(event)).toMatchObject({ $id: `${event}.json`, title: event });
    expect(eventSchema(event)).not.toHaveProperty("$ref");
    expect(text).not.toMatch(/"pattern"|9007199254740991/);
  });
});
