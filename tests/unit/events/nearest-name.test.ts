import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventNames, families, nearestName, safeToLog, unknownNameDetail } from "../../../packages/events/src/index.ts";
import { law } from "../../support/law.ts";

describe("the nearest listed name", () => {
  it.each([
    ["audit.progres", "audit.progress"],
    ["audit.progresss", "audit.progress"],
    ["audit_progress", "audit.progress"],
    ["AUDIT.PROGRESS", "audit.progress"],
    ["audt.progress", "audit.progress"],
    ["auditProgress", "audit.progress"],
    ["audit.strated", "audit.started"],
    ["notifications", "notification"],
    ["fiches.progressive_fetch.completed", "fiches.progressive_fetch.complete"],
  ])("of %s is %s", (name, nearest) => {
    expect(nearestName(name)).toBe(nearest);
  });

  it.each(["", "x", "audit.", "weather.report", "orders.created", "transcription.paused", "audit.step_skipped"])(
    "does not exist if no name is near: %s",
    (name) => {
      expect(nearestName(name)).toBeUndefined();
    },
  );

  it("is the name itself for a listed one", () => {
    for (const name of eventNames) expect(nearestName(name)).toBe(name);
  });

  it("is found for every listed name with one wrong character", () => {
    const letter = fc.constantFrom(..."abcxy._");
    law(
      fc.property(fc.constantFrom(...eventNames), fc.nat(), letter, (name, at, wrong) => {
        const position = at % name.length;
        expect(nearestName(name.slice(0, position) + wrong + name.slice(position + 1))).toBe(name);
      }),
    );
  });
});

describe("the detail of an unknown name", () => {
  it("names the event, every family and the nearest listed name", () => {
    const detail = unknownNameDetail("audt.progress");
    expect(detail).toMatch(/^"audt\.progress" belongs to no family \(audit\.\*, .*\); did you mean audit\.progress\?$/);
    for (const { match } of families) expect(detail).toContain(match);
  });

  it.each(["a text of the producer", "user@example.org", "", "x".repeat(101), "line\nbreak"])(
    "does not repeat what is no name: %s",
    (text) => {
      expect(safeToLog(text)).toBeUndefined();
      expect(unknownNameDetail(text)).toMatch(/^the event's name belongs to no family \([^;]+\)$/);
    },
  );

  it.each(["audit.progress", "x".repeat(100), "a/b:c-d_e.1"])("contains what looks like a name: %s", (name) => {
    expect(safeToLog(name)).toBe(name);
    expect(unknownNameDetail(name)).toContain(`"${name}"`);
  });
});
