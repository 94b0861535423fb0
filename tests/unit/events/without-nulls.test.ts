import { withoutNulls } from "@realtime-gateway/events";
import fc from "fast-check";
import { expect, it } from "vitest";

it("removes members that are null, at the depth of any schema", () => {
  expect(withoutNulls({ a: null, b: { c: null, d: [{ e: null }] } })).toEqual({ b: { d: [{}] } });
});

it("keeps null elements of arrays", () => {
  expect(withoutNulls({ a: [1, null, 2] })).toEqual({ a: [1, null, 2] });
});

it("returns the same value when there is nothing to remove", () => {
  const payload = { a: [1, null], b: { c: "" } };
  expect(withoutNulls(payload)).toBe(payload);
});

it.each(["[", '{"a":'])("takes any nesting: %s", (open) => {
  const close = open === "[" ? "]" : "}";
  const nested: unknown = JSON.parse(`{"gone":null,"deep":${open.repeat(100_000)}1${close.repeat(100_000)}}`);
  expect(Object.keys(Object(withoutNulls(nested)))).toEqual(["deep"]);
});

it("removes nothing more the second time, and leaves a value without nulls equal", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const once = withoutNulls(value);
      expect(withoutNulls(once)).toBe(once);
      if (!JSON.stringify(value).includes("null")) expect(once).toBe(value);
    }),
  );
});
