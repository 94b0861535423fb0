import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimIn, objectOrJson } from "../../../packages/access/src/claims.ts";
import { law } from "../../support/law.ts";

describe("a claim", () => {
  it.each<[string, object, unknown]>([
    ["sub", { sub: "ann" }, "ann"],
    ["https://acme.example/realtime", { "https://acme.example/realtime": 1 }, 1],
    ["app_metadata.realtime", { app_metadata: { realtime: 1 } }, 1],
    ["a.b.c", { a: { b: { c: null } } }, null],
    ["app.id", { "app.id": "exact", app: { id: "path" } }, "exact"],
    ["app.id", { "app.id": undefined, app: { id: "path" } }, undefined],
  ])("%s is found by its name, or else by its path, in %j", (name, claims, value) => {
    expect(claimIn({ ...claims }, name)).toBe(value);
  });

  it.each<[string, object]>([
    ["realtime", {}],
    ["a.b", { a: "text" }],
    ["a.length", { a: "text" }],
    ["a.0", { a: ["first"] }],
    ["a.b", { a: null }],
    ["toString", {}],
    ["a.constructor", { a: {} }],
    ["__proto__.x", {}],
    ["a.b", { a: { "b.c": 1 } }],
    [".a", { a: 1 }],
    ["a.", { a: 1 }],
  ])("%s is absent in %j", (name, claims) => {
    expect(claimIn({ ...claims }, name)).toBeUndefined();
  });

  it("of an exact name wins over every path", () => {
    const name = fc
      .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join("."));
    law(
      fc.property(
        name,
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom("a", "b", "c"), fc.jsonValue()),
        (exact, value, rest) => {
          expect(claimIn({ ...rest, [exact]: value }, exact)).toBe(value);
        },
      ),
    );
  });
});

describe("a claim with members", () => {
  it.each([
    [{ channels: [] }, { channels: [] }],
    ['{"channels":[]}', { channels: [] }],
    ["{}", {}],
  ])("may be an object or its JSON text: %j", (value, object) => {
    expect(objectOrJson(value)).toEqual(object);
  });

  it.each([undefined, null, 1, true, "", "text", '"text"', "[]", '["*"]', "null", "{", ["{}"], '"{}"'])(
    "is not %j",
    (value) => {
      expect(objectOrJson(value)).toBeUndefined();
    },
  );
});
