import { describe, expect, it } from "vitest";
import { expectedChannels } from "../../../../tools/soak/checker/expected-channels.ts";
import { markerIn } from "../../../../tools/soak/traffic/draft.ts";
import { traffic } from "../../../../tools/soak/traffic/traffic.ts";

const sample = (seed: number) => [...traffic({ messages: 4_000, seed, startMs: Date.parse("2026-03-02T09:00:00Z") })];
const MESSAGES = sample(1);

describe("the soak's traffic", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(sample(1)).toEqual(MESSAGES);
    expect(sample(2)).not.toEqual(MESSAGES);
  });

  it("carries each event's marker in every body", () => {
    expect(MESSAGES.filter(({ marker, body }) => markerIn(body) !== marker)).toEqual([]);
  });

  it("sends some events twice, word for word", () => {
    const bodies = Map.groupBy(MESSAGES, ({ marker }) => marker);
    const copied = [...bodies.values()].filter((copies) => copies.length > 1);
    expect(copied.length).toBeGreaterThan(50);
    for (const copies of copied) expect(new Set(copies.map(({ body }) => body)).size).toBe(1);
  });

  it.each([
    ["audit.progress", /^audit\.progress$/],
    ["transcriptions", /^transcription\./],
    ["jobs", /^fiches\.progressive_fetch\./],
    ["batches", /^batch\./],
    ["toasts", /^notification$/],
    ["what the catalog does not know", /^audit\.verified$/],
    ["what is no JSON", /^poison: invalid_json$/],
    ["unknown envelopes", /^poison: unknown_envelope$/],
    ["unknown events", /^poison: unknown_event$/],
    ["invalid events", /^poison: invalid_event$/],
  ])("has %s in it", (_what, pattern) => {
    expect(MESSAGES.some(({ name }) => pattern.test(name))).toBe(true);
  });

  it.each([
    ["SNS", /^\{"Type":"Notification"/],
    ["EventBridge", /"detail-type"/],
    ["the legacy envelope", /^\{"event"/],
    ["payloads above the limit", /^.{9001}/s],
  ])("has %s in it", (_what, pattern) => {
    expect(MESSAGES.some(({ body }) => pattern.test(body))).toBe(true);
  });

  it("has ids that need escaping, two channels at once, and what has expired", () => {
    expect(MESSAGES.some(({ channels }) => channels.some((channel) => /=[0-9A-F]{2}/.test(channel)))).toBe(true);
    expect(MESSAGES.some(({ channels }) => channels.length === 2)).toBe(true);
    expect(MESSAGES.some(({ fate }) => fate === "expired")).toBe(true);
  });
});

describe("the channels that the checker expects", () => {
  it.each([
    ["audit.progress", { audit_id: "a:b", fiche_id: 17 }, ["private-audit-a=3Ab", "private-fiche-17"]],
    ["audit.progress", { audit_id: null, fiche_id: "f" }, ["private-fiche-f"]],
    ["transcription.progress", { fiche_id: "é=" }, ["private-fiche-=C3=A9=3D"]],
    ["fiches.progressive_fetch.created", { job_id: "j" }, ["private-job-j"]],
    ["batch.progress", {}, ["private-global"]],
    ["notification", { audit_id: "a" }, ["private-global"]],
  ])("of %s with %j are %j", (name, data, channels) => {
    expect(expectedChannels(name, data)).toEqual(channels);
  });
});
