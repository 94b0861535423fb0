import { describe, expect, it } from "vitest";
import { createHttpApp } from "../../../../functions/http/app.ts";
import { readBody } from "../../../../functions/http/body.ts";
import { BASE_PATH } from "../../../../functions/manifest.ts";
import { FORM_TYPE, JSON_TYPE, post } from "../../../support/http-request.ts";
import { recordedLog } from "../../../support/recorded-log.ts";

const LIMIT = 64;

const app = createHttpApp(
  [
    {
      method: "POST",
      path: "/echo",
      handle: async (context) => {
        const body = await readBody(context, LIMIT);
        return Response.json({ read: Object.fromEntries(body.names.map((name) => [name, body.field(name)])) });
      },
    },
    {
      method: "POST",
      path: "/one",
      handle: async (context) => Response.json({ read: (await readBody(context, LIMIT)).field("read") }),
    },
  ],
  { config: { basePath: BASE_PATH, allowedOrigins: [] }, log: recordedLog().log },
);

async function read(
  body: string | Uint8Array<ArrayBuffer> | undefined,
  contentType?: string,
  more?: Readonly<Record<string, string>>,
) {
  const { status, body: answer } = await post(app, `${BASE_PATH}/echo`, body, contentType, more);
  return status === 200 ? Object(answer).read : { status, code: Object(answer).code };
}

const unsupported = { status: 415, code: "unsupported_media_type" };
const invalid = { status: 400, code: "invalid_body" };

describe("a JSON body", () => {
  it.each([
    ["{}", {}],
    ['{"socket_id":"1.2","channel_name":"private-global"}', { socket_id: "1.2", channel_name: "private-global" }],
    [' {"a":[{"a":1,"b":{"a":2}}],"c":"a"} ', { a: [{ a: 1, b: { a: 2 } }], c: "a" }],
    ['{"a":"\\"b\\":1,","b":"}{"}', { a: '"b":1,', b: "}{" }],
    ['{"été":"🎧"}', { été: "🎧" }],
  ])("is parsed: %s", async (body, expected) => {
    expect(await read(body)).toEqual(expected);
  });

  it.each(["[]", "[{}]", "null", "1", "true", '"a=1"'])("is invalid if it is not an object: %s", async (body) => {
    expect(await read(body)).toEqual(invalid);
  });

  it.each(["{", "a=1", "{'a':1}", '{"a":1}{"a":2}', "undefined", " "])(
    "is invalid if it is not JSON: %s",
    async (body) => {
      expect(await read(body)).toEqual({ status: 400, code: "invalid_json" });
    },
  );

  it.each([
    '{"a":1,"b":2,"a":3}',
    '{"a":1,"\\u0061":2}',
    '{"a":[],"b":{},"a" : ""}',
    '{"":1,"":2}',
    '{"__proto__":1,"__proto__":2}',
    '{"\\"":1,"\\"":2}',
    '{"a":1,"a":2,"a":1}',
  ])("is invalid if a field is there twice with different values: %s", async (body) => {
    expect(await read(body)).toEqual(invalid);
  });
});

describe("a field that is there twice", () => {
  it.each([
    ['{"a":1,"a":1}', { a: 1 }],
    ['{"a":"x","\\u0061":"\\u0078"}', { a: "x" }],
    ['{"a":[1, 2],"b":0,"a":[1,2]}', { a: [1, 2], b: 0 }],
    ['{"a":1,"a":1.0,"a":1}', { a: 1 }],
  ])("counts once in JSON if its values are equal: %s", async (body, expected) => {
    expect(await read(body)).toEqual(expected);
  });

  it.each([
    ["a=1&a=1", { a: "1" }],
    ["a&a", { a: "" }],
    ["a=%31&b=2&%61=1", { a: "1", b: "2" }],
  ])("counts once in a form if its values are equal: %s", async (body, expected) => {
    expect(await read(body, FORM_TYPE)).toEqual(expected);
  });

  it.each([
    [JSON_TYPE, '{"read":"1","other":1,"other":2}'],
    [FORM_TYPE, "read=1&other=1&other=2"],
  ])("does not matter if the route does not read it: %s", async (type, body) => {
    expect(await post(app, `${BASE_PATH}/one`, body, type)).toMatchObject({ status: 200, body: { read: "1" } });
  });
});

describe("a form body", () => {
  it.each([
    ["socket_id=1.2&channel_name=private-global", { socket_id: "1.2", channel_name: "private-global" }],
    ["a=1+2%2B3&b=&c", { a: "1 2+3", b: "", c: "" }],
    ["a=%F0%9F%8E%A7", { a: "🎧" }],
    ["a=private-audit-a%3D3Ab", { a: "private-audit-a=3Ab" }],
  ])("is parsed: %s", async (body, expected) => {
    expect(await read(body, FORM_TYPE)).toEqual(expected);
  });

  it.each(["a=1&b=2&a=3", "a=1&%61=2", "a&a=1", "=1&=2"])(
    "is invalid if a field is there twice with different values: %s",
    async (body) => {
      expect(await read(body, FORM_TYPE)).toEqual(invalid);
    },
  );
});

describe("an empty body", () => {
  it.each([undefined, ""])("has no fields: %j", async (body) => {
    expect(await read(body)).toEqual({});
    expect(await read(body, FORM_TYPE)).toEqual({});
    expect(await read(body, "")).toEqual({});
  });
});

describe("the limit", () => {
  const sized = (bytes: number, unit = "x") => {
    const room = bytes - Buffer.byteLength('{"a":""}');
    const units = Math.floor(room / Buffer.byteLength(unit));
    return `{"a":"${unit.repeat(units)}${"y".repeat(room - units * Buffer.byteLength(unit))}"}`;
  };

  it.each(["x", "é", "🎧"])("allows a body of exactly its bytes: %s", async (unit) => {
    expect(await read(sized(LIMIT, unit))).toEqual(JSON.parse(sized(LIMIT, unit)));
  });

  it.each(["x", "é", "🎧"])("rejects one byte more: %s", async (unit) => {
    expect(await read(sized(LIMIT + 1, unit))).toEqual({ status: 413, code: "body_too_large" });
  });

  it("applies to every media type and to a megabyte", async () => {
    const tooLarge = { status: 413, code: "body_too_large" };
    expect(await read(`a=${"x".repeat(LIMIT)}`, FORM_TYPE)).toEqual(tooLarge);
    expect(await read("x".repeat(LIMIT + 1), "text/plain")).toEqual(tooLarge);
    expect(await read("x".repeat(1_048_576))).toEqual(tooLarge);
  });
});

describe("the media type", () => {
  it.each([
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "APPLICATION/JSON",
    "Application/Json ; charset=utf-8",
    'application/json; charset="utf-8"',
    "application/json; charset=utf8",
    "application/json; charset=us-ascii",
    "application/json; profile=x; charset=utf-8",
  ])("may be written %s", async (contentType) => {
    expect(await read('{"a":1}', contentType)).toEqual({ a: 1 });
  });

  it.each([
    "application/x-www-form-urlencoded; charset=UTF-8",
    "application/x-www-form-urlencoded;charset=utf-8",
    "Application/X-WWW-Form-URLEncoded",
  ])("may be written %s", async (contentType) => {
    expect(await read("a=1", contentType)).toEqual({ a: "1" });
  });

  it.each([
    ["application/x-www-form-urlencoded, application/json", "a=1", { a: "1" }],
    ["application/x-www-form-urlencoded,application/json; charset=utf-8", "a=1", { a: "1" }],
    ["application/json, application/json", '{"a":1}', { a: 1 }],
    ["application/json; charset=utf-8, application/x-www-form-urlencoded", '{"a":1}', { a: 1 }],
  ])(
    "is the first of several, as a browser joins the header of pusher-js and the page's own: %s",
    async (type, body, expected) => {
      expect(await read(body, type)).toEqual(expected);
    },
  );

  it.each([
    "application/json, text/plain",
    "text/plain, application/json",
    "application/json,",
    ",application/json",
    "application/json, application/json; charset=utf-16",
  ])("is not supported if one of several is not: %s", async (type) => {
    expect(await read('{"a":1}', type)).toEqual(unsupported);
  });

  it.each([
    "text/plain",
    "text/json",
    "multipart/form-data; boundary=x",
    "application/jsonx",
    "application/xml",
    "json",
  ])("%s is not supported", async (contentType) => {
    expect(await read('{"a":1}', contentType)).toEqual(unsupported);
  });

  it("is required", async () => {
    expect(await read(Buffer.from('{"a":1}'), "")).toEqual(unsupported);
  });

  it.each(["utf-16", "utf-16le", "iso-8859-1", "utf-7", '"utf-16"', "", "utf-8x", "utf-8 utf-16"])(
    "is not supported with the charset %j, because the text would be misread",
    async (charset) => {
      expect(await read('{"a":1}', `application/json; charset=${charset}`)).toEqual(unsupported);
      expect(await read("a=1", `${FORM_TYPE};charset=${charset}`)).toEqual(unsupported);
    },
  );

  it("is not supported with two charsets", async () => {
    expect(await read('{"a":1}', "application/json; charset=utf-8; charset=utf-16")).toEqual(unsupported);
  });
});

describe("the content encoding", () => {
  it.each(["gzip", "br", "deflate", "GZIP", "identity, gzip", "zstd"])("%s is not supported", async (encoding) => {
    for (const type of [JSON_TYPE, FORM_TYPE])
      expect(await read('{"a":1}', type, { "content-encoding": encoding })).toEqual(unsupported);
  });

  it.each(["identity", "IDENTITY"])("%s is accepted", async (encoding) => {
    expect(await read('{"a":1}', JSON_TYPE, { "content-encoding": encoding })).toEqual({ a: 1 });
  });
});

describe("bytes that are not UTF-8", () => {
  it.each([JSON_TYPE, FORM_TYPE])("are invalid as %s", async (contentType) => {
    expect(await read(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), contentType)).toEqual(invalid);
    expect(await read(Buffer.from("eyJhIjoi7aCAIn0=", "base64"), contentType)).toEqual(invalid);
  });
});
