import { guard, respell } from "@realtime-gateway/routing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../support/law.ts";

/** JSON text as Python's `json.dumps` writes it: spaces after separators, every character beyond ASCII escaped. */
const asPython = (value: unknown): string =>
  JSON.stringify(value, undefined, 1)
    .replaceAll(/\n */g, " ")
    .replaceAll(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** JSON text as PHP's `json_encode` writes it: slashes escaped. */
const asPhp = (value: unknown): string => asPython(value).replaceAll("/", "\\/");

const payloads = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 8 });

describe("respelled JSON text", () => {
  it.each([
    [String.raw`{ "a" : "\u00e9\/" , "b": [ 1.0 , 1e2 ] }`, '{"a":"é/","b":[1.0,1e2]}'],
    [String.raw`{"a":"\u0041\u0022\u005c\u000a\u0001"}`, String.raw`{"a":"A\"\\\n\u0001"}`],
    [String.raw`{"a":"\ud83c\udfa7"}`, '{"a":"🎧"}'],
    [String.raw`{"a":"\ud800"}`, String.raw`{"a":"\ud800"}`],
    ['{"a b":"c  d"}', '{"a b":"c  d"}'],
    ['{"n":12345678901234567890}', '{"n":12345678901234567890}'],
    ['{"a":1,"a":2}', '{"a":1,"a":2}'],
  ])("of %s is %s", (json, expected) => {
    expect(respell(json)).toBe(expected);
  });

  it("has the same value, is not longer, and is the same when respelled again", () => {
    law(
      fc.property(payloads, (payload) => {
        for (const json of [JSON.stringify(payload), asPython(payload), asPhp(payload)]) {
          const short = respell(json);
          expect(JSON.parse(short)).toEqual(JSON.parse(json));
          expect(Buffer.byteLength(short)).toBeLessThanOrEqual(Buffer.byteLength(json));
          expect(respell(short)).toBe(short);
        }
      }),
    );
  });
});

describe("a payload above the limit", () => {
  const options = { limitBytes: 9000, form: "private", idFields: ["audit_id"] } as const;

  it("is published whole if only its spelling was too long, as with French text from Python", () => {
    const data = { audit_id: "1", summary: "été ".repeat(1212) };
    const json = asPython(data);
    expect(Buffer.byteLength(json)).toBeGreaterThan(9000);
    expect(guard({ data, json }, options)).toMatchObject({
      ok: true,
      value: { json: JSON.stringify(data), truncated: false },
    });
  });

  it("ends equal, however it is spelled", () => {
    law(
      fc.property(payloads, fc.integer({ min: 256, max: 600 }), (data, limitBytes) => {
        const published = [asPython(data), asPhp(data), JSON.stringify(data, undefined, 4)]
          .filter((json) => Buffer.byteLength(json) > limitBytes)
          .map((json) => guard({ data, json }, { ...options, limitBytes }))
          .map((result) => (result.ok ? result.value.json : result.detail));
        expect(new Set(published).size).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the last member", () => {
  const lastMember = '"_realtime":{"id":"e-1"}';
  const withStamp = (json: string, limitBytes = 9000) => {
    const result = guard(
      { data: JSON.parse(json), json },
      { limitBytes, form: "private", idFields: ["id"], lastMember },
    );
    if (!result.ok) throw new Error(result.detail);
    return result.value;
  };

  it.each([
    ["{}", '{"_realtime":{"id":"e-1"}}'],
    ["{ }", '{ "_realtime":{"id":"e-1"}}'],
    ['{"a":1}', '{"a":1,"_realtime":{"id":"e-1"}}'],
    ['{"a": {} }', '{"a": {} ,"_realtime":{"id":"e-1"}}'],
  ])("is added to %s", (json, expected) => {
    expect(withStamp(json).json).toBe(expected);
  });

  it("counts towards the limit, and truncation keeps it", () => {
    const json = JSON.stringify({ id: "7", text: "x".repeat(300) });
    const { json: published, truncated, bytes } = withStamp(json, 256);
    expect({ published, truncated }).toEqual({
      published: '{"id":"7","truncated":true,"_realtime":{"id":"e-1"}}',
      truncated: true,
    });
    expect(bytes).toBe(published.length);
  });

  it("is left out if the ids do not fit beside it", () => {
    const id = "7".repeat(220);
    expect(withStamp(JSON.stringify({ id, n: 1 }), 256)).toMatchObject({
      json: `{"id":"${id}","n":1}`,
      truncated: false,
    });
    const { json, truncated } = withStamp(JSON.stringify({ id, text: "x".repeat(300) }), 256);
    expect({ json, truncated }).toEqual({ json: `{"id":"${id}","truncated":true}`, truncated: true });
  });

  it.each([
    [0, false],
    [1, true],
  ])("with a payload of %i bytes above the limit makes truncated %s", (above, truncated) => {
    const rest = `${JSON.stringify({ id: "7", text: "" }).slice(0, -1)},${lastMember}}`.length;
    const json = JSON.stringify({ id: "7", text: "x".repeat(256 - rest + above) });
    expect(withStamp(json, 256).truncated).toBe(truncated);
  });
});
