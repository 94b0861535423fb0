import * as fc from "fast-check";

const fieldName = fc.oneof(
  fc.constantFrom(
    "audit_id",
    "fiche_id",
    "jobId",
    "status",
    "current_phase",
    "truncated",
    "items",
    "itemsCount",
    "é",
    "1",
  ),
  fc.string({ maxLength: 8 }).filter((name) => name !== "\\"),
);

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: fc.constantFrom("🎧", "é", "x", '"', "\n", "\ud800"), maxLength: 20 }),
  fc.integer({ min: 1, max: 800 }).map((length) => "x".repeat(length)),
);

const scalar = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 12 }) },
  { weight: 1, arbitrary: fc.dictionary(fieldName, scalar, { maxKeys: 6 }) },
);

/** Payloads from nothing to a few kilobytes, as compact or as indented JSON text. */
export const payload = fc
  .tuple(fc.dictionary(fieldName, value, { maxKeys: 24, noNullPrototype: true }), fc.constantFrom(0, 2))
  .map(([object, indent]) => {
    const json = JSON.stringify(object, null, indent);
    const data: Readonly<Record<string, unknown>> = JSON.parse(json);
    return { data, json };
  });
