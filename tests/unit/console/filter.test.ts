import type { GatewayEvent } from "@realtime-gateway/local/control";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../../packages/console/src/model/filter.ts";
import { eventTest } from "../../../packages/console/src/model/filter-match.ts";
import { gatewayEvent } from "../../support/gateway-event.ts";

const matches = (text: string, event: Partial<GatewayEvent> = {}, inPayload = false): boolean =>
  eventTest(parseFilter(text), () => inPayload)(gatewayEvent(event));

describe("the filter of the console", () => {
  it.each([
    ["", true],
    ["type:audit.progress", true],
    ["type:AUDIT.*", true],
    ["type:*.progress", true],
    ["type:a*.p*s", true],
    ["type:audit", false],
    ["type:batch.*", false],
    ["id:evt", true],
    ["id:m1", true],
    ["id:42", true],
    ["id:43", false],
    ["channel:private-*", true],
    ["channel:private-audit-4", false],
    ["is:published", true],
    ["is:truncated", false],
    ["-is:published", false],
    ["-is:truncated", true],
    ["code:*", true],
    ["progress", true],
    ["PRIVATE-audit", true],
    ["nothing", false],
    ['"audit.progress"', true],
    ["type:audit.* id:42 is:published", true],
    ["type:audit.* id:43 is:published", false],
  ])("%j decides about a published audit.progress of audit 42: %s", (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  it.each([
    [">500ms", 501, true],
    [">500ms", 500, false],
    [">500", 501, true],
    [">1.5s", 1501, true],
    ["<2s", 1999, true],
    ["<2s", 2000, false],
    ["-<2s", 2000, true],
  ])("%s decides about an event that took %i ms: %s", (text, ms, expected) => {
    expect(matches(text, { ms })).toBe(expected);
  });

  it("excludes events without a time when it asks for one", () => {
    expect([matches(">1ms"), matches("<9s")]).toEqual([false, false]);
  });

  it("finds words in payloads, which the stack searches", () => {
    expect([matches("quiet", {}, true), matches("quiet", {}, false)]).toEqual([true, false]);
  });

  it("names each part that is no condition", () => {
    expect(parseFilter("is:trunc >soon hello").mistakes).toEqual([
      expect.stringMatching(/^is:trunc does not exist\. Use waiting, .*truncated/),
      ">soon: write a time such as >500ms or <2s",
    ]);
  });

  it("ignores a part that its user still types", () => {
    expect(parseFilter("type: is:")).toEqual({ terms: [], mistakes: [] });
  });

  it("matches every event that has all of its words, and never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { terms, mistakes } = parseFilter(text);
        expect(terms.length + mistakes.length).toBeLessThanOrEqual(text.split(/\s+/).length + text.split('"').length);
        eventTest({ terms, mistakes }, () => false)(gatewayEvent());
      }),
    );
  });
});
