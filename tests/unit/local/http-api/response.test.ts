import { describe, expect, it } from "vitest";
import { readFunctionResponse } from "../../../../packages/local/src/http-api/response.ts";

function textOf(result: unknown): string {
  return readFunctionResponse(result).body.toString();
}

describe("a structured response", () => {
  it("sets status, headers, cookies and body", () => {
    const result = { statusCode: 201, headers: { "X-Number": 1 }, cookies: ["a=1", "b=2"], body: "done" };
    expect(readFunctionResponse(result)).toEqual({
      status: 201,
      headers: { "content-type": "text/plain;charset=UTF-8", "x-number": "1" },
      cookies: ["a=1", "b=2"],
      body: Buffer.from("done"),
    });
  });

  it("keeps the content type of the function in any spelling", () => {
    const { headers } = readFunctionResponse({ statusCode: 200, headers: { "Content-Type": "application/json" } });
    expect(headers).toEqual({ "content-type": "application/json" });
  });

  it("decodes a base64 body", () => {
    expect(textOf({ statusCode: 200, body: "aMOp", isBase64Encoded: true })).toBe("hé");
  });

  it("drops the function's content length", () => {
    const { headers } = readFunctionResponse({ statusCode: 200, headers: { "Content-Length": "99" }, body: "" });
    expect(headers).not.toHaveProperty("content-length");
  });

  it("drops multi-value headers, which belong to format 1.0", () => {
    const { headers } = readFunctionResponse({ statusCode: 200, multiValueHeaders: { "x-many": ["1", "2"] } });
    expect(headers).not.toHaveProperty("x-many");
  });
});

describe("an answer without a status becomes 200 JSON", () => {
  it.each([
    ["an object", { ok: true }, '{"ok":true}'],
    ["a text", "hello", "hello"],
    ["an array", [1], "[1]"],
    ["nothing", null, "null"],
  ])("%s", (_name, result, body) => {
    expect(readFunctionResponse(result)).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json" },
      body: Buffer.from(body),
    });
  });
});

describe("a malformed response becomes 500", () => {
  it.each([
    ["a status that is no number", { statusCode: "ok" }],
    ["a status below 200", { statusCode: 199 }],
    ["a status above 599", { statusCode: 600 }],
    ["a broken status", { statusCode: 200.5 }],
    ["a body that is no text", { statusCode: 200, body: { ok: true } }],
    ["a body that is no base64", { statusCode: 200, body: "*", isBase64Encoded: true }],
    ["headers that are no object", { statusCode: 200, headers: "x" }],
    ["a list for a header", { statusCode: 200, headers: { "x-many": ["1"] } }],
    ["a header that breaks the line", { statusCode: 200, headers: { "x-evil": "a\r\nb: c" } }],
    ["a header name with a space", { statusCode: 200, headers: { "x evil": "a" } }],
    ["cookies that are no list", { statusCode: 200, cookies: "a=1" }],
    ["a cookie that breaks the line", { statusCode: 200, cookies: ["a=1\r\nb: c"] }],
  ])("%s", (_name, result) => {
    expect(readFunctionResponse(result).status).toBe(500);
  });

  it("with the body of API Gateway", () => {
    expect(textOf({ statusCode: 0 })).toBe('{"message":"Internal Server Error"}');
  });
});

it.each([200, 599])("accepts status %d", (statusCode) => {
  expect(readFunctionResponse({ statusCode }).status).toBe(statusCode);
});
