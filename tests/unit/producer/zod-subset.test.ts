import { definitionOf, describeMismatch, eventNames, mismatchOf } from "@realtime-gateway/events";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { describeCatalogIssue } from "../../../packages/producer/src/describe-issue.ts";
import type { SchemaAnswer, StandardSchema } from "../../../packages/producer/src/standard-schema.ts";
import { law } from "../../support/law.ts";
import { catalogWithoutZod } from "../../support/producer-subset.ts";

const withoutZod = await catalogWithoutZod();

const sampleOf = (name: string): Readonly<Record<string, unknown>> => ({ ...Object(definitionOf(name)?.sample) });
const rerun = {
  rerun_id: "r",
  rerun_scope: "control_point",
  control_point_index: 1,
  started_at: "2026-03-02T09:00:00Z",
};
/** The sample of each event, and events of a rerun, which have no sample. */
const bases: readonly (readonly [name: string, data: Readonly<Record<string, unknown>>])[] = [
  ...eventNames.map((name) => [name, sampleOf(name)] as const),
  ["audit.step_started", { ...sampleOf("audit.step_started"), ...rerun, status: "rerunning" }],
  [
    "audit.step_completed",
    { ...sampleOf("audit.step_completed"), ...rerun, completed_at: "2026-03-02T09:00:00Z", status: "rerun_completed" },
  ],
];
const rare = [
  "rerun_id",
  "rerun_scope",
  "control_point_index",
  "original",
  "completed_at",
  "partial_results",
  "job_id",
  "status",
  "approach",
];
const fields = [...new Set([...bases.flatMap(([, data]) => Object.keys(data)), ...rare])];

const simple = fc.constantFrom<unknown>(
  ...[
    undefined,
    null,
    "",
    "x",
    0,
    1,
    100,
    -1,
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    1e300,
    true,
    false,
    1n,
  ],
  ...["2026-02-30", "2024-02-29", "2100-02-29", "0000-01-01", "2026-13-01", "2026-03-02 "],
  ...[
    "2026-03-02T09:00:00Z",
    "2026-03-02T09:00Z",
    "2026-03-02T24:00:00Z",
    "2026-03-02T09:00:00.5+01:00",
    "2026-02-30T09:00:00Z",
    "2026-03-02T09:00:00",
  ],
  ...[
    "processing",
    "rerunning",
    "completed",
    "rerun_completed",
    "in_progress",
    "failed",
    "audit",
    "prompt",
    "control_point",
  ],
);
const odd = fc.oneof(
  { weight: 4, arbitrary: simple },
  { weight: 1, arbitrary: fc.array(simple, { maxLength: 2 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom("use_rlm", "transcript_mode", "completed_steps", "total", "failed"),
      simple,
    ),
  },
);
const payload = fc
  .tuple(
    fc.oneof(fc.constantFrom(...bases), fc.constantFrom(...bases.slice(-2))),
    fc.dictionary(fc.constantFrom(...fields), odd, { maxKeys: 4 }),
  )
  .map(([[name, data], changes]) => [name, { ...data, ...changes }] as const);

function textsOf(schema: StandardSchema | undefined, data: unknown): readonly string[] {
  const answer = schema?.["~standard"].validate(data) ?? {};
  if (answer instanceof Promise) throw new TypeError("the catalog has an asynchronous schema");
  return (answer as SchemaAnswer).issues?.map((issue) => describeCatalogIssue(issue, data)) ?? [];
}

it("finds the same mismatches as zod in payloads of every event, in the same words", () => {
  law(
    fc.property(payload, ([name, data]) => {
      expect(textsOf(withoutZod.definitionOf(name)?.schema, data)).toEqual(textsOf(definitionOf(name)?.schema, data));
    }),
    3000,
  );
});

it.each([[[]], [null], ["x"], [undefined], [new (class Payload {})()]])(
  "agrees with zod about the payload %o",
  (data) => {
    for (const name of eventNames)
      expect(textsOf(withoutZod.definitionOf(name)?.schema, data)).toEqual(textsOf(definitionOf(name)?.schema, data));
  },
);

it("describes each mismatch as the gateway's log does, with the value in place of its kind", () => {
  const withoutGot = (text: string): string => text.replace(/, got .*$/s, "");
  law(
    fc.property(payload, ([name, data]) => {
      const issues = definitionOf(name)?.schema.safeParse(data).error?.issues ?? [];
      const logged = issues.map((issue) => describeMismatch(mismatchOf(issue, data)));
      expect(textsOf(withoutZod.definitionOf(name)?.schema, data).map(withoutGot)).toEqual(logged.map(withoutGot));
    }),
  );
});
