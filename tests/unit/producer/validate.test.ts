import { definitionOf } from "@realtime-gateway/events";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import * as zod from "zod";
import * as z from "zod/mini";
import type { ProducerWarning } from "../../../packages/producer/src/options.ts";
import { progressOf } from "../../support/producer-events.ts";
import { producerWorld } from "../../support/producer-world.ts";

const world = (options: Parameters<typeof producerWorld>[1] = {}) => producerWorld(() => "taken", options);

/** The detail with which a payload of the event is rejected. */
async function detailOf(name: string, change: Readonly<Record<string, unknown>>): Promise<string | undefined> {
  const sample: object = definitionOf(name)?.sample ?? {};
  const { failed } = await world().realtime.sendMany([[name, { ...sample, ...change }]]);
  expect(failed.map(({ code, retryable }) => ({ code, retryable }))).toEqual([{ code: "invalid", retryable: false }]);
  return failed[0]?.detail;
}

describe("strict validation", () => {
  it.each([
    ["audit.progress", { total_steps: "5" }, 'total_steps must be an integer, got "5"'],
    ["audit.progress", { total_steps: undefined }, "total_steps must be an integer, got nothing"],
    ["audit.progress", { total_steps: 1e300 }, "total_steps must be an integer, got 1e+300"],
    ["audit.progress", { current_phase: 7 }, "current_phase must be a string, got 7"],
    ["audit.progress", { progress_percentage: Number.NaN }, "progress_percentage must be a number, got NaN"],
    ["audit.progress", { status: "done" }, 'status must be "in_progress", got "done"'],
    ["audit.progress", { audit_id: true }, "audit_id must be a string or an integer, got true"],
    ["audit.progress", { audit_id: 1.5 }, "audit_id must be a string or an integer, got 1.5"],
    ["audit.progress", { fiche_id: "" }, 'fiche_id must be a string that is not empty, got ""'],
    ["audit.progress", { current_phase: { a: 1 } }, "current_phase must be a string, got an object"],
    ["audit.progress", { current_phase: [1] }, "current_phase must be a string, got an array"],
    ["audit.progress", { total_steps: "x".repeat(50) }, `total_steps must be an integer, got "${"x".repeat(40)}…"`],
    [
      "audit.progress",
      { audit_id: null, fiche_id: null },
      "the payload must be an object with at least one of audit_id, fiche_id, got an object",
    ],
    [
      "audit.started",
      { approach: { use_rlm: 1 } },
      'approach.use_rlm must be a boolean, got 1; approach.transcript_mode must be "prompt" or "tools", got nothing',
    ],
    [
      "audit.started",
      { started_at: "today" },
      'started_at must be a date and time such as "2026-03-02T09:00:00Z", got "today"',
    ],
    ["audit.step_started", { status: "x" }, 'status must be "processing" or "rerunning", got "x"'],
    [
      "audit.step_started",
      { status: "rerunning", rerun_id: "r", started_at: "2026-03-02T09:00:00Z", control_point_index: 0 },
      "control_point_index must be at least 1, got 0",
    ],
    ["batch.progress", { operation_type: "x" }, 'operation_type must be "audit" or "transcription", got "x"'],
    [
      "fiches.progressive_fetch.created",
      { datesFailed: ["2026-02-30"] },
      'datesFailed.0 must be a day such as "2026-03-02", got "2026-02-30"',
    ],
    ["fiches.progressive_fetch.created", { datesFailed: "x" }, 'datesFailed must be an array, got "x"'],
  ])("rejects %s with %o", async (name, change, detail) => {
    expect(await detailOf(name, change)).toBe(`${name}: ${detail}`);
  });

  it("names three faults and counts the others", async () => {
    const change = { completed_steps: "a", total_steps: "b", failed_steps: "c", current_phase: 1, status: "x" };
    expect(await detailOf("audit.progress", change)).toMatch(/failed_steps must be an integer, got "c"; and 2 more$/);
  });

  it.each([
    [
      "a name that the catalog does not list",
      "audit.invented",
      { audit_id: "1" },
      "audit.invented is not in the catalog",
    ],
    ["an id that no channel can carry", "audit.progress", progressOf("é".repeat(60)), "passes 164 characters"],
    ["a payload that is no object", "notification", ["hello"], "the payload must be an object"],
    [
      "a payload that JSON cannot write",
      "notification",
      { type: "info", message: "x", extra: 1n },
      "cannot be written as JSON",
    ],
  ])("rejects %s", async (_, name, data, detail) => {
    const { failed } = await world().realtime.sendMany([[name, data]]);
    expect(failed).toMatchObject([{ code: "invalid", detail: expect.stringContaining(detail) }]);
  });

  it("accepts null for an absent field, as the gateway does", async () => {
    const { sent } = await world().realtime.sendMany([["audit.progress", { ...progressOf("42"), status: null }]]);
    expect(sent).toHaveLength(1);
  });

  it("accepts the sample of every event", async () => {
    const { eventNames } = await import("@realtime-gateway/events");
    const { failed } = await world().realtime.sendMany(eventNames.map((name) => [name, definitionOf(name)?.sample]));
    expect(failed).toEqual([]);
  });
});

describe("validate: warn", () => {
  it("warns and sends", async () => {
    const warnings: ProducerWarning[] = [];
    const { realtime } = world({ validate: "warn", onWarning: (warning) => warnings.push(warning) });
    const { id } = await realtime.send("audit.progress", { ...progressOf("42"), total_steps: "5" });
    expect(warnings).toEqual([
      {
        code: "invalid",
        event: "audit.progress",
        id,
        detail: 'audit.progress: total_steps must be an integer, got "5"',
      },
    ]);
  });

  it("warns of an event without an id that routing needs, and sends it", async () => {
    const warnings: ProducerWarning[] = [];
    const { realtime } = world({ validate: "warn", onWarning: (warning) => warnings.push(warning) });
    await realtime.send("audit.progress", { ...progressOf(""), audit_id: undefined });
    expect(warnings).toHaveLength(2);
  });
});

describe("validate: off", () => {
  it("sends what does not match", async () => {
    const { sent } = await world({ validate: "off" }).realtime.sendMany([["anything", { goes: true }]]);
    expect(sent).toHaveLength(1);
  });
});

describe("schemas of a service's own events", () => {
  const name = "audit.reviewed";
  it.each([
    ["zod", zod.object({ audit_id: zod.string(), stars: zod.number() })],
    ["zod/mini", z.object({ audit_id: z.string(), stars: z.number() })],
    ["valibot", v.object({ audit_id: v.string(), stars: v.number() })],
  ])("validates with %s", async (_, schema) => {
    const { realtime } = world({ schemas: { [name]: schema } });
    const { sent, failed } = await realtime.sendMany([
      [name, { audit_id: "42", stars: 5 }],
      [name, { audit_id: "42", stars: "5" }],
    ]);
    expect(sent).toMatchObject([{ index: 0 }]);
    expect(failed).toMatchObject([
      { index: 1, code: "invalid", detail: expect.stringMatching(/^audit\.reviewed: stars .*got "5"$/) },
    ]);
  });

  it("sends an event of a family that this version of the catalog does not list", async () => {
    const { realtime } = world({ schemas: { "review.paid": z.object({ review_id: z.string() }) } });
    await expect(realtime.send("review.paid", { review_id: "1" })).resolves.toBeDefined();
  });

  it("awaits an asynchronous schema", async () => {
    const schema = z
      .object({ audit_id: z.string() })
      .check(z.refine(async ({ audit_id }) => audit_id !== "gone", { error: "the audit is gone" }));
    const { realtime } = world({ schemas: { [name]: schema } });
    const { sent, failed } = await realtime.sendMany([
      [name, { audit_id: "42" }],
      [name, { audit_id: "gone" }],
    ]);
    expect(sent).toMatchObject([{ index: 0 }]);
    expect(failed).toMatchObject([{ index: 1, detail: "audit.reviewed: the audit is gone" }]);
    expect(realtime.event(name, { audit_id: "gone" })).toMatchObject({ type: name });
  });
});
