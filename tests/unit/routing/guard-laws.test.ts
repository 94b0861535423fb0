import { type ChannelForm, type Guarded, guard, type Payload, respell } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payload } from "../../support/arbitrary-payloads.ts";
import { law } from "../../support/law.ts";

interface Case {
  readonly payload: Payload;
  readonly limitBytes: number;
  readonly form: ChannelForm;
  readonly idFields: readonly string[];
}

const ID_FIELDS = ["audit_id", "fiche_id", "jobId"];
const RUNS = 1000;

/** Only strings and integers decide a channel. */
const routes = (id: unknown): boolean => typeof id === "string" || Number.isSafeInteger(id);

const cases: fc.Arbitrary<Case> = fc
  .record({
    payload,
    limitBytes: fc.integer({ min: 256, max: 1500 }),
    form: fc.constantFrom<ChannelForm>("private", "public", "encrypted"),
  })
  .map((drawn) => ({ ...drawn, idFields: ID_FIELDS.filter((field) => routes(drawn.payload.data[field])) }));

const bytesOf = (text: string): number => Buffer.byteLength(text);
/** The bytes that Pusher counts: of the text itself, or of the JSON with its nonce and ciphertext. */
const onTheWire = (bytes: number, form: ChannelForm): number =>
  form === "encrypted"
    ? JSON.stringify({
        nonce: Buffer.alloc(24).toString("base64"),
        ciphertext: Buffer.alloc(bytes + 16).toString("base64"),
      }).length
    : bytes;

/** True if the payload fits as it is, or after its text is respelled. */
const fits = ({ payload, form, limitBytes }: Case): boolean =>
  [payload.json, respell(payload.json)].some((json) => onTheWire(bytesOf(json), form) <= limitBytes);

const guarded = (drawn: Case): Guarded | undefined => {
  const result = guard(drawn.payload, drawn);
  return result.ok ? result.value : undefined;
};

const parsed = (json: string): Readonly<Record<string, unknown>> => JSON.parse(json);

describe("the guarded payload", () => {
  it("is never over the limit", () => {
    law(
      fc.property(cases, (drawn) => {
        const value = guarded(drawn);
        if (value) expect(onTheWire(bytesOf(value.json), drawn.form)).toBeLessThanOrEqual(drawn.limitBytes);
      }),
      RUNS,
    );
  });

  it("reports its size on the wire, and the original size", () => {
    law(
      fc.property(cases, (drawn) => {
        const value = guarded(drawn);
        if (!value) return;
        expect(value.bytes).toBe(onTheWire(bytesOf(value.json), drawn.form));
        expect(value.originalBytes).toBe(onTheWire(bytesOf(drawn.payload.json), drawn.form));
      }),
      RUNS,
    );
  });

  it("is the original text if that is within the limit", () => {
    law(
      fc.property(cases, (drawn) => {
        const { payload, form, limitBytes } = drawn;
        if (onTheWire(bytesOf(payload.json), form) <= limitBytes)
          expect(guarded(drawn)).toMatchObject({ json: payload.json, truncated: false });
      }),
      RUNS,
    );
  });

  it("has `truncated: true` exactly if it was truncated", () => {
    law(
      fc.property(cases, (drawn) => {
        const value = guarded(drawn);
        if (!value) return;
        expect(value.truncated).toBe(!fits(drawn));
        if (value.truncated) expect(parsed(value.json).truncated).toBe(true);
      }),
      RUNS,
    );
  });

  it("keeps every id that routing used", () => {
    law(
      fc.property(cases, (drawn) => {
        const value = guarded(drawn);
        if (!value) return;
        const kept = parsed(value.json);
        for (const field of drawn.idFields) expect(kept[field]).toEqual(drawn.payload.data[field]);
      }),
      RUNS,
    );
  });

  it("is the same every time", () => {
    law(
      fc.property(cases, (drawn) => {
        expect(guard(structuredClone(drawn.payload), { ...drawn })).toEqual(guard(drawn.payload, drawn));
      }),
    );
  });

  it("has only original fields, counts of arrays and `truncated`", () => {
    law(
      fc.property(cases, (drawn) => {
        const value = guarded(drawn);
        if (!value?.truncated) return;
        for (const [field, kept] of Object.entries(parsed(value.json))) {
          if (field === "truncated") continue;
          const original = drawn.payload.data[field];
          const counted = drawn.payload.data[field.replace(/Count$/, "")];
          const isId = drawn.idFields.includes(field);
          if (Array.isArray(counted) && typeof original !== "number" && !isId) expect(kept).toBe(counted.length);
          else expect(kept).toEqual(original);
        }
      }),
      RUNS,
    );
  });

  it("drops no string, number, boolean or null that would still fit", () => {
    law(
      fc.property(cases, (drawn) => {
        const value = guarded(drawn);
        if (!value?.truncated) return;
        const kept = parsed(value.json);
        for (const [field, original] of Object.entries(drawn.payload.data)) {
          if (field in kept || (typeof original === "object" && original !== null)) continue;
          // Our count of an array takes this place.
          if (field.endsWith("Count") && Array.isArray(drawn.payload.data[field.replace(/Count$/, "")])) continue;
          const larger = bytesOf(value.json) + bytesOf(`,${JSON.stringify(field)}:${JSON.stringify(original)}`);
          expect(onTheWire(larger, drawn.form)).toBeGreaterThan(drawn.limitBytes);
        }
      }),
      RUNS,
    );
  });

  it("is rejected only if the ids alone pass the limit", () => {
    law(
      fc.property(cases, (drawn) => {
        if (guarded(drawn)) return;
        const ids = drawn.idFields.map((field) => [field, drawn.payload.data[field]]);
        const least = JSON.stringify({ ...Object.fromEntries(ids), truncated: true });
        expect(onTheWire(bytesOf(least), drawn.form)).toBeGreaterThan(drawn.limitBytes);
      }),
      RUNS,
    );
  });
});
