import { describe, expect, it } from "vitest";
import { createRecentEvents, eventKey } from "../../../../functions/relay/recent-events.ts";

const FIVE_MINUTES_MS = 300_000;

describe("a published event", () => {
  const setUp = () => {
    const clock = { nowMs: 1_000_000 };
    return { clock, recent: createRecentEvents(() => clock.nowMs) };
  };

  it.each([
    [FIVE_MINUTES_MS - 1, true],
    [FIVE_MINUTES_MS, false],
  ])("is remembered after %i ms: %s", (ms, remembered) => {
    const { clock, recent } = setUp();
    recent.add("k");
    clock.nowMs += ms;
    expect(recent.has("k")).toBe(remembered);
  });

  it("is remembered from the last time it was published", () => {
    const { clock, recent } = setUp();
    recent.add("k");
    clock.nowMs += FIVE_MINUTES_MS - 1;
    recent.add("k");
    clock.nowMs += FIVE_MINUTES_MS - 1;
    expect(recent.has("k")).toBe(true);
  });

  it.each([
    [9_999, true],
    [10_000, false],
  ])("is remembered before %i others: %s", (others, remembered) => {
    const { recent } = setUp();
    recent.add("k");
    for (let n = 0; n < others; n += 1) recent.add(`other ${n}`);
    expect(recent.has("k")).toBe(remembered);
  });

  it("is forgotten first if it was published the longest ago", () => {
    const { recent } = setUp();
    for (let n = 0; n < 10_000; n += 1) recent.add(`k${n}`);
    recent.add("k0");
    recent.add("new");
    expect(["k0", "k1", "k2"].map(recent.has)).toEqual([true, false, true]);
  });

  it.each([
    [512, true],
    [513, false],
  ])("is remembered by a key of %i characters: %s", (length, remembered) => {
    const { recent } = setUp();
    recent.add("k".repeat(length));
    expect(recent.has("k".repeat(length))).toBe(remembered);
  });
});

describe("the key of an event", () => {
  const event = { source: "/audits", id: "1", name: "audit.started", json: "{}", data: {} };

  it("is the same for the same event at another time", () => {
    expect(eventKey({ ...event, time: "2026-03-02T09:00:00Z" })).toBe(eventKey(event));
  });

  it.each([
    ["source", { source: "/batches" }],
    ["id", { id: "2" }],
    ["name", { name: "audit.failed" }],
    ["payload", { json: '{"a":1}' }],
  ])("differs with another %s", (_what, change) => {
    expect(eventKey({ ...event, ...change })).not.toBe(eventKey(event));
  });

  it("separates source and id even if they have line breaks", () => {
    expect(eventKey({ ...event, source: "a\nb", id: "c" })).not.toBe(eventKey({ ...event, source: "a", id: "b\nc" }));
  });

  it.each([
    ["source", { name: "audit.started", json: "{}", data: {}, id: "1" }],
    ["id", { name: "audit.started", json: "{}", data: {}, source: "/audits" }],
    ["non-empty source", { ...event, source: "" }],
    ["non-empty id", { ...event, id: "" }],
  ])("is undefined without a %s", (_what, anonymous) => {
    expect(eventKey(anonymous)).toBeUndefined();
  });
});
