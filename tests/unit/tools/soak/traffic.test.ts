import { describe, expect, it } from "vitest";
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

  it("has progress of different entities on one channel, and progress without an entity", () => {
    const progress = MESSAGES.filter(({ name }) => name.endsWith(".progress"));
    const entities = Map.groupBy(progress, ({ channels }) => channels.join());
    expect([...entities.values()].some((events) => new Set(events.map(({ entity }) => entity)).size > 1)).toBe(true);
    expect(progress.some(({ entity, fate }) => entity === undefined && fate === "published")).toBe(true);
  });

  it("has messages with none to ten attributes", () => {
    const counts = new Set(MESSAGES.map(({ attributes }) => Object.keys(attributes).length));
    expect([...counts].sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
