import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutPrefix } from "../../../../functions/http/base-path.ts";

const segment = fc.stringMatching(/^[\w.~%-]{1,12}$/);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => segments.map((each) => `/${each}`).join(""));
const basePath = fc.constantFrom("", "/realtime", "/api/realtime/pusher");
const route = fc.constantFrom("/auth", "/user-auth", "/health");

describe("the path below a front's prefix", () => {
  it("is the base path and the route, for every prefix of whole segments", () => {
    fc.assert(
      fc.property(path, basePath, route, (prefix, base, end) => {
        expect(withoutPrefix(prefix + base + end, base)).toBe(base + end);
      }),
    );
  });

  it("is a route only if the path ends with the base path and the route", () => {
    const noise = fc.oneof(path, fc.constantFrom("/realtime", "/api/realtime/pusher", "/auth", "notapi", "/", ""));
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 5 }), basePath, route, (parts, base, end) => {
        // The path of a URL begins with a slash.
        const sent = `/${parts.join("")}`;
        expect(withoutPrefix(sent, base) === base + end).toBe(sent.endsWith(base + end));
      }),
    );
  });
});
