import { definitionOf, eventNames, familyOf } from "@realtime-gateway/events";
import { guard } from "@realtime-gateway/routing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { truncatedSchema } from "../../../../tools/contract/truncated-schema.ts";
import { createAjv } from "../../../support/contract-ajv.ts";

const sampleOf = (event: string): Readonly<Record<string, unknown>> => Object.assign({}, definitionOf(event)?.sample);

const tooLong = "x".repeat(12_000);

describe.each(eventNames)("the truncated schema of %s", (event) => {
  const accepts = createAjv().compile(truncatedSchema(event));
  const sample: Readonly<Record<string, unknown>> = sampleOf(event);
  const idFields = (familyOf(event)?.routes ?? []).flatMap(({ fields }) => fields.filter((field) => field in sample));

  it("accepts what the guard makes of a payload above the limit", () => {
    const extra = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(extra, fc.integer({ min: 600, max: 9000 }), (more, limitBytes) => {
        const data = { ...more, ...sample, tooLong };
        const guarded = guard({ data, json: JSON.stringify(data) }, { limitBytes, form: "private", idFields });
        const payload: unknown = guarded.ok ? JSON.parse(guarded.value.json) : undefined;
        expect(accepts(payload), JSON.stringify(accepts.errors)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("does not accept the whole payload", () => {
    expect(accepts(sample)).toBe(false);
  });
});
