import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bearerTokenIn } from "../../../../functions/http/bearer.ts";

describe("the token of an Authorization header", () => {
  it.each([
    ["Bearer t", "t"],
    ["BEARER t", "t"],
    ["Bearer   a,b=c ", "a,b=c"],
    ["Bearer t, Bearer t", "t"],
    ["Bearer t,Bearer t", "t"],
    ["Bearer t ,  bearer t, Bearer t", "t"],
    ["Bearer a,b, Bearer a,b", "a,b"],
  ])("is found, even if the header is there twice: %s", (header, token) => {
    expect(bearerTokenIn(header)).toBe(token);
  });

  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    "t",
    "Basic t",
    "Bearer t t",
    "Bearer t, Bearer u",
    "Bearer t, Bearer T",
    "Bearer t, Basic t",
    "Bearer t, t",
  ])("is absent: %s", (header) => {
    expect(bearerTokenIn(header)).toBeUndefined();
  });

  it("is the same for one header and for several equal ones", () => {
    const token = fc.stringMatching(/^[\x21-\x7e]{1,40}$/);
    const property = fc.property(token, fc.integer({ min: 1, max: 4 }), (text, times) => {
      fc.pre(!/,$/.test(text));
      expect(bearerTokenIn(Array(times).fill(`Bearer ${text}`).join(", "))).toBe(text);
    });
    fc.assert(property);
  });

  it("is found in bounded time in a hostile header of ten kilobytes", () => {
    const startedAt = performance.now();
    for (const unit of ["a", "a,Bearer a", "a,", "a, Bearer "])
      bearerTokenIn(`Bearer ${unit.repeat(10_000 / unit.length)} !\n`);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
