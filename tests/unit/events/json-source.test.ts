import { memberSource, memberSources } from "@realtime-gateway/events";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../support/law.ts";

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

/** JSON text of a value, with white space wherever JSON allows some, drawn from `next`. */
function spaced(value: unknown, next: () => string): string {
  const around = (text: string): string => next() + text + next();
  if (Array.isArray(value)) return around(`[${value.map((item) => spaced(item, next)).join(",") || next()}]`);
  if (typeof value !== "object" || value === null) return around(JSON.stringify(value));
  const members = Object.entries(value).map(([key, item]) => `${around(JSON.stringify(key))}:${spaced(item, next)}`);
  return around(`{${members.join(",") || next()}}`);
}

/** Cycles through the drawn pieces of white space. */
function cycle(pieces: readonly string[]): () => string {
  let at = 0;
  return () => pieces[at++ % pieces.length] ?? "";
}

/** Without a lone backslash: V8 13.6 then reads that key for `"\\n"` too, where objects before it had the one in its place. */
const key = fc
  .oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "", "data", "1", '"', "\\\\", "}", "🎧"))
  .filter((name) => name !== "\\");
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const jsonObject = fc.dictionary(key, value, { noNullPrototype: true });

describe("the source texts of an object's members", () => {
  it("agree with JSON.parse, member by member, whatever the values and the white space", () => {
    law(
      fc.property(jsonObject, fc.array(space, { minLength: 1 }), (object, spaces) => {
        const text = spaced(object, cycle(spaces));
        const parsed = Object.entries(JSON.parse(text));
        const read = [...memberSources(text)].map(([name, source]) => [name, JSON.parse(source)]);
        expect(new Map(read.map(([name, value]) => [name, JSON.stringify(value)]))).toEqual(
          new Map(parsed.map(([name, value]) => [name, JSON.stringify(value)])),
        );
      }),
      500,
    );
  });

  it("stand in the text as they are, without the white space around them", () => {
    law(
      fc.property(jsonObject, fc.array(space, { minLength: 1 }), (object, spaces) => {
        const text = spaced(object, cycle(spaces));
        for (const source of memberSources(text).values()) {
          expect(text).toContain(source);
          expect(source).toBe(source.trim());
        }
      }),
      200,
    );
  });

  it.each(["{}", " { } ", "\n{\t}\r"])("are none in %j", (text) => {
    expect([...memberSources(text)]).toEqual([]);
  });

  it("are the same one at a time", () => {
    law(
      fc.property(jsonObject, key, fc.array(space, { minLength: 1 }), (object, other, spaces) => {
        const text = spaced(object, cycle(spaces));
        const sources = memberSources(text);
        for (const name of [...sources.keys(), other]) expect(memberSource(text, name)).toBe(sources.get(name));
      }),
      200,
    );
  });

  it("are found under names that are written with escapes", () => {
    expect(memberSource(String.raw`{"d\u0061ta":1,"a\"":2}`, "data")).toBe("1");
    expect(memberSource(String.raw`{"a\"":2}`, 'a"')).toBe("2");
  });

  it("are those of the last of two members of one name", () => {
    const text = String.raw`{"a":1,"b":2,"\u0061":[3]}`;
    expect(memberSources(text).get("a")).toBe("[3]");
    expect(memberSource(text, "a")).toBe("[3]");
  });

  it("keep numbers, escapes and inner white space as written", () => {
    const text = String.raw`{"n" : -1.50E+2 ,"s":"\u0041\\" , "o":{ "x" : [ 1 , "]" ] },"l":12345678901234567890}`;
    expect(Object.fromEntries(memberSources(text))).toEqual({
      n: "-1.50E+2",
      s: String.raw`"\u0041\\"`,
      o: '{ "x" : [ 1 , "]" ] }',
      l: "12345678901234567890",
    });
  });
});
