import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { membersOf, objectText, prettyJson, withMember } from "../../../packages/console/src/model/json-text.ts";

describe("JSON as text", () => {
  it("is indented without a change of its value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(prettyJson(text))).toEqual(JSON.parse(text));
        expect(prettyJson(text)).toBe(JSON.stringify(JSON.parse(text), undefined, 2));
      }),
    );
  });

  it("keeps the digits of a number that JavaScript would round", () => {
    expect(prettyJson('{"id":9007199254740993,"n":1.50}')).toBe('{\n  "id": 9007199254740993,\n  "n": 1.50\n}');
  });

  it("has members, each with its exact text", () => {
    expect(membersOf(' { "a" : [1, {"b":2}] , "c\\u00e9": 9007199254740993 } ')).toEqual([
      { name: "a", value: '[1,{"b":2}]' },
      { name: "cé", value: "9007199254740993" },
    ]);
    expect(membersOf("{}")).toEqual([]);
  });

  it.each(["", "[1]", '"text"', "{", '{"a":}'])("has no members if it is no object: %j", (text) => {
    expect(membersOf(text)).toBeUndefined();
    expect(prettyJson(text)).toBe(text === "[1]" ? "[\n  1\n]" : text);
  });

  it("can be taken apart and put together", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(objectText(membersOf(text) ?? []))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("changes, adds and removes one member, and keeps the others", () => {
    const text = '{"big":9007199254740993,"a":1}';
    expect(withMember(text, "a", "2")).toBe('{"big":9007199254740993,"a":2}');
    expect(withMember(text, "b", '"x"')).toBe('{"big":9007199254740993,"a":1,"b":"x"}');
    expect(withMember(text, "a", undefined)).toBe('{"big":9007199254740993}');
    expect(withMember(text, "none", undefined)).toBe(text);
  });
});
