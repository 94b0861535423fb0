import { buildChannel } from "@realtime-gateway/routing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { playedAudit } from "../../../packages/console/src/model/audit-scene.ts";
import { badgesOf } from "../../../packages/console/src/model/badges.ts";
import { channelReference } from "../../../packages/console/src/model/channel-name.ts";
import { areaPath, linePath, withLast } from "../../../packages/console/src/model/chart.ts";
import { FAULT_SWITCHES, isActive } from "../../../packages/console/src/model/fault-switches.ts";
import { commandOf } from "../../../packages/console/src/model/shortcuts.ts";
import { ageText, bytesText, durationText } from "../../../packages/console/src/model/texts.ts";
import { visibleRange } from "../../../packages/console/src/model/visible-range.ts";
import { hopsOf } from "../../../packages/console/src/model/waterfall.ts";
import { gatewayEvent } from "../../support/gateway-event.ts";

describe("the visible rows of a long list", () => {
  it("contain every row in sight, and never many more", () => {
    fc.assert(
      fc.property(fc.nat(400_000), fc.integer({ min: 0, max: 2_000 }), fc.nat(10_000), (scrollTop, height, count) => {
        const rowHeight = 34;
        const { first, end } = visibleRange({ scrollTop, height, rowHeight, count });
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(Math.max(count, first));
        expect(end - first).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 1 + 16);
        for (
          let row = Math.floor(scrollTop / rowHeight);
          row < Math.min(count, (scrollTop + height) / rowHeight);
          row += 1
        )
          expect(row >= first && row < end).toBe(true);
      }),
    );
  });
});

describe("a chart", () => {
  it("fills its width, with the largest value at the top and zero at the bottom", () => {
    expect(linePath([0, 5, 10], 100, 20)).toBe("M0 20L50 10L100 0");
    expect(areaPath([0, 10], 100, 20)).toBe("M0 20L100 0L100 20L0 20Z");
  });

  it("is empty with fewer than two values, and flat without a value above zero", () => {
    expect([linePath([], 1, 1), linePath([3], 1, 1), areaPath([], 1, 1)]).toEqual(["", "", ""]);
    expect(linePath([0, 0], 10, 4)).toBe("M0 4L10 4");
  });

  it("shows the last values only", () => {
    expect(withLast([1, 2, 3], 4, 3)).toEqual([2, 3, 4]);
    expect(withLast([], 1, 3)).toEqual([1]);
  });
});

describe("the hops of an event", () => {
  const attempt = (status: number | undefined) => ({ atMs: 120, ms: 30, ...(status !== undefined && { status }) });
  const explanation = (attempts: readonly ReturnType<typeof attempt>[], publishedAtMs?: number) => ({
    event: gatewayEvent({ acceptedAtMs: 100, ...(publishedAtMs !== undefined && { publishedAtMs }) }),
    routes: [],
    mismatches: [],
    receives: [{ number: 1, startedAtMs: 110, endedAtMs: 150, attempts }],
    siblings: [],
    text: [],
  });

  it("are the queue, the relay, each call to Pusher, and this browser", () => {
    const hops = hopsOf(explanation([attempt(500), attempt(200)], 150), 160);
    expect(hops.map(({ label, tone, ms }) => [label, tone, ms])).toEqual([
      ["queue", "quiet", 10],
      ["relay", "info", 40],
      ["Pusher: 500", "bad", 30],
      ["Pusher: 200", "good", 30],
      ["this browser", "good", 10],
    ]);
    expect(Math.max(...hops.map(({ to }) => to))).toBe(1);
  });

  it("have no browser without an arrival, and name a call without an answer", () => {
    expect(hopsOf(explanation([attempt(undefined)]), undefined).at(-1)?.label).toBe("Pusher: no answer");
  });

  it("are none before the relay has the event", () => {
    expect(hopsOf({ ...explanation([]), receives: [] }, undefined)).toEqual([]);
  });
});

describe("the name of a channel", () => {
  it("leads to the kind and the id that the gateway made it from", () => {
    const kinds = fc.constantFrom("audit", "fiche", "job");
    const forms = fc.constantFrom("private", "public", "encrypted");
    fc.assert(
      fc.property(kinds, fc.string({ unit: "grapheme", minLength: 1 }), forms, (kind, id, form) => {
        const name = buildChannel({ kind, id }, form);
        if (name.ok) expect(channelReference(name.value)).toEqual({ kind, id, presence: false });
      }),
    );
  });

  it.each([
    ["private-global", { kind: "global", presence: false }],
    ["presence-job-7", { kind: "job", id: "7", presence: true }],
    [" fiche-7 ", { kind: "fiche", id: "7", presence: false }],
    ["private-invoice-7", undefined],
    ["private-audit-", undefined],
    ["audit-=", undefined],
  ])("%j is read as %j", (name, expected) => {
    expect(channelReference(name)).toEqual(expected);
  });
});

describe("a key", () => {
  const press = (key: string, modifiers = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

  it.each([
    ["/", "page", "filter"],
    ["j", "control", "next"],
    ["1", "page", { view: 0 }],
    ["6", "page", undefined],
    ["j", "field", undefined],
    ["Escape", "field", "close"],
    [" ", "page", "pause"],
    [" ", "control", undefined],
    ["Enter", "control", undefined],
    ["Enter", "page", "open"],
    ["x", "page", undefined],
  ] as const)("%j in a %s means %j", (key, target, expected) => {
    expect(commandOf(press(key), target)).toEqual(expected);
  });

  it("with Ctrl, Alt or Command remains the browser's", () => {
    for (const name of ["ctrlKey", "altKey", "metaKey"])
      expect(commandOf(press("c", { [name]: true }), "page")).toBeUndefined();
  });
});

describe("badges", () => {
  it("state the status first, then each special fact in words", () => {
    const flags = ["published", "truncated", "retried", "mismatch"] as const;
    expect(badgesOf(gatewayEvent({ flags, attempts: 3 })).map(({ text }) => text)).toEqual([
      "published",
      "truncated",
      "retried ×2",
      "schema mismatch",
    ]);
  });
});

describe("a fault of the page", () => {
  it("is active if the stack lists it, in any order of its members", () => {
    const [first, second] = FAULT_SWITCHES;
    if (first === undefined || second === undefined) throw new Error("there is no fault");
    const listed = [{ effect: { status: 500, kind: "answer" as const }, part: "pusher" as const }];
    expect([isActive(listed, first), isActive(listed, second), isActive([], first)]).toEqual([true, false, false]);
  });

  it("of the relay or the queue is active as long as that part has a fault", () => {
    const killed = FAULT_SWITCHES.find(({ part }) => part === "relay");
    if (killed === undefined) throw new Error("there is no fault of the relay");
    expect(isActive([{ part: "relay", kill: 1 }], killed)).toBe(true);
  });
});

describe("the played audit", () => {
  it("has only events of the catalog, about one audit, from its start to its end", () => {
    const played = playedAudit((type) => (type === "audit.config_loaded" ? undefined : { from: type }), "a1");
    const types = played.map(({ type }) => type);
    expect(types.indexOf("audit.started")).toBeLessThan(types.indexOf("audit.completed"));
    expect(played.find(({ type }) => type === "audit.progress")?.data).toMatchObject({
      audit_id: "a1",
      fiche_id: "a1",
    });
    expect(playedAudit(() => undefined, "a1")).toEqual([]);
  });
});

describe("sizes and times", () => {
  it.each([
    [bytesText(1023), "1023 B"],
    [bytesText(1024), "1.0 KiB"],
    [bytesText(3 * 1024 * 1024), "3.0 MiB"],
    [durationText(999), "999 ms"],
    [durationText(1000), "1.0 s"],
    [durationText(60_000), "1 min"],
    [durationText(7_200_000), "2 h"],
    [ageText(-5), "0 s"],
    [ageText(59_999), "59 s"],
  ])("read %s", (text, expected) => {
    expect(text).toBe(expected);
  });
});
